/** The sentences a board speaks. */

import { plainWindow } from '@web/numbers'

export interface Sentence {
  text: string
  language: 'zh-CN' | 'en-US'
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

/** Name a window in Chinese: a bare number becomes `3号窗口`, a name stays. */
export function windowInChinese(label: string): string {
  const plain = plainWindow(label)
  if (/^[A-Za-z]*\d+$/.test(plain)) return `${plain}号窗口`
  return /(窗口|台|室|厅)$/.test(plain) ? plain : `${plain}窗口`
}

/** Name a window in English; a Chinese name is left to its number. */
export function windowInEnglish(label: string): string {
  const digits = /\d+/.exec(label)
  if (/^[\x20-\x7e]+$/.test(label) && !/^[A-Za-z]*\d+$/.test(label)) return label
  return `window ${digits ? plainWindow(digits[0]) : label}`
}

/** How much is said: everything, less when others wait, least when many wait. */
export type Pace = 'full' | 'brisk' | 'short'

/** Return what is said for a call: Chinese twice, then English, at full pace. */
export function sentencesFor(
  number: string,
  window: { zh: string; en: string },
  pace: Pace,
): Sentence[] {
  const chinese: Sentence = {
    text: `请 ${spelledInChinese(number)} 号，到${windowInChinese(window.zh)}办理`,
    language: 'zh-CN',
  }
  const english: Sentence = {
    text: `Number ${spelledInEnglish(number)}, please go to ${windowInEnglish(window.en)}`,
    language: 'en-US',
  }
  if (pace === 'short') return [chinese]
  return pace === 'brisk' ? [chinese, english] : [chinese, chinese, english]
}
