/** The sentences a board speaks. */

import { plainWindow } from '@web/numbers'

export interface Sentence {
  text: string
  language: 'zh-CN' | 'en-US'
  /** What it says, for a voice that has recordings instead of words. */
  number: string
  window: string
}

const CHINESE_DIGITS = '零一二三四五六七八九'

/** Spell a ticket number so that a voice says it sign by sign: `A 零 一 二`. */
export function spelledInChinese(number: string): string {
  return Array.from(number, (sign) => CHINESE_DIGITS[Number(sign)] ?? sign).join(' ')
}

/** Spell a ticket number for an English voice: `A 0 1 2`. */
export function spelledInEnglish(number: string): string {
  return Array.from(number).join(' ')
}

/** How much is said: everything, less when others wait, least when many wait. */
export type Pace = 'full' | 'brisk' | 'short'

/** How the hall wants it said. */
export interface Manner {
  /** How often the Chinese sentence is said. */
  times: number
  english: boolean
}

/** Return what is said for a call: Chinese twice, then English, at full pace. */
export function sentencesFor(
  call: { number: string; window: string },
  manner: Manner,
  pace: Pace,
): Sentence[] {
  const { number, window: place } = call
  const window = plainWindow(place)
  const chinese: Sentence = {
    number,
    window: place,
    text: `请 ${spelledInChinese(number)} 号，到 ${window} 号窗口办理`,
    language: 'zh-CN',
  }
  const english: Sentence = {
    number,
    window: place,
    text: `Number ${spelledInEnglish(number)}, please go to window ${window}`,
    language: 'en-US',
  }
  const times = pace === 'full' ? manner.times : 1
  const sentences = new Array<Sentence>(times).fill(chinese)
  return manner.english && pace !== 'short' ? [...sentences, english] : sentences
}
