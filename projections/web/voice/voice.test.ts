import { describe, expect, it } from 'vitest'

import type { Store } from '../store'
import type { BoardCall } from '../topics/board'
import { Announcer, type Speaker } from './announcer'
import { Due, type Announcement } from './due'
import { sentencesFor, type Sentence } from './spoken'
import { FirstVoice, HouseVoice, type Voice } from './voices'

function memory(): Store {
  const kept = new Map<string, string>()
  return {
    read: (key) => kept.get(key) ?? null,
    write: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
  }
}

function aCall(call: number, announcements = 1, calledAt = 0): BoardCall {
  const number = `A${String(call).padStart(3, '0')}`
  return {
    call,
    number,
    window: '3',
    calledAt,
    announcements,
    here: false,
    ticketClass: 'ordinary',
  }
}

const keys = (due: Announcement[]) => due.map((one) => [one.call, one.announcements])
const DAY = '2026-03-02'

describe('what is due', () => {
  it('is every call and every recall, each once', () => {
    const due = new Due(memory())
    due.begin(DAY, [], 0)

    expect(keys(due.take(DAY, [aCall(8)]))).toEqual([[8, 1]])
    expect(keys(due.take(DAY, [aCall(8)]))).toEqual([])
    expect(keys(due.take(DAY, [aCall(8, 2), aCall(9)]))).toEqual([
      [8, 2],
      [9, 1],
    ])
  })

  it('is a call and its recall even when they came together', () => {
    const due = new Due(memory())
    due.begin(DAY, [], 0)

    expect(keys(due.take(DAY, [aCall(8, 2)]))).toEqual([
      [8, 1],
      [8, 2],
    ])
  })

  it('is nothing that stood on the board before the page was opened', () => {
    const due = new Due(memory())

    expect(due.begin(DAY, [aCall(8), aCall(9, 2)], 10_000)).toEqual([])
    expect(due.take(DAY, [aCall(8), aCall(9, 2)])).toEqual([])
  })

  it('is after a reload only what was called meanwhile, and not long ago', () => {
    const store = memory()
    const before = new Due(store)
    before.begin(DAY, [], 0)
    before.take(DAY, [aCall(8)])

    const calls = [aCall(7, 1, 0), aCall(8, 1, 60_000), aCall(9, 1, 90_000)]
    const after = new Due(store).begin(DAY, calls, 100_000)

    expect(keys(after)).toEqual([[9, 1]])
  })

  it('starts anew with a new day', () => {
    const due = new Due(memory())
    due.begin(DAY, [], 0)
    due.take(DAY, [aCall(8)])

    expect(keys(due.take('2026-03-03', [aCall(8)]))).toEqual([[8, 1]])
  })
})

describe('what is said', () => {
  const usual = { times: 2, english: true }

  it('is Chinese twice, sign by sign, then English', () => {
    const said = sentencesFor({ number: 'A012', window: '3' }, usual, 'full')

    expect(said.map((one) => one.text)).toEqual([
      '请 A 零 一 二 号，到 3 号窗口办理',
      '请 A 零 一 二 号，到 3 号窗口办理',
      'Number A 0 1 2, please go to window 3',
    ])
  })

  it('is shorter the more others wait, and as the hall wants it', () => {
    const call = { number: 'A012', window: '3' }

    expect(sentencesFor(call, usual, 'brisk')).toHaveLength(2)
    expect(sentencesFor(call, usual, 'short')).toHaveLength(1)
    expect(sentencesFor(call, { times: 3, english: false }, 'full')).toHaveLength(3)
  })
})

/** A speaker that notes what sounds, and fails when two things sound at once. */
class Recorder implements Speaker {
  readonly heard: string[] = []
  private sounding = false

  constructor(private readonly voice = true) {}

  chime(): Promise<void> {
    return this.sound('chime').then(() => undefined)
  }

  say(sentence: Sentence): Promise<boolean> {
    return this.sound(sentence.text).then(() => this.voice)
  }

  private async sound(what: string): Promise<void> {
    expect(this.sounding).toBe(false)
    this.sounding = true
    this.heard.push(what)
    await Promise.resolve()
    this.sounding = false
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('the announcer', () => {
  const manner = { times: 2, english: true }

  it('lets announcements wait for each other, and leaves none out', async () => {
    const speaker = new Recorder()
    const announcer = new Announcer(speaker, manner)

    for (let call = 1; call <= 9; call++) {
      announcer.announce({ ...aCall(call), announcements: 1 })
    }
    await settled()

    const chimes = speaker.heard.filter((one) => one === 'chime')
    expect(chimes).toHaveLength(9)
    expect(speaker.heard).toContain('请 A 零 零 九 号，到 3 号窗口办理')
  })

  it('says in full what nobody waits behind', async () => {
    const speaker = new Recorder()

    new Announcer(speaker, manner).announce({ ...aCall(12), announcements: 1 })
    await settled()

    expect(speaker.heard).toHaveLength(4)
  })

  it('chimes again and says so when there is no voice', async () => {
    const speaker = new Recorder(false)
    const mute: boolean[] = []
    const announcer = new Announcer(speaker, manner, (now) => mute.push(now))

    announcer.announce({ ...aCall(12), announcements: 1 })
    await settled()

    expect(mute).toEqual([true])
    expect(speaker.heard[speaker.heard.length - 1]).toBe('chime')
  })
})

describe('the voices of a hall', () => {
  const usual = { times: 1, english: true }
  const [chinese, english] = sentencesFor(
    { number: 'A012', window: '3' },
    usual,
    'full',
  ) as [Sentence, Sentence]

  /** A voice that speaks one language, or none, and notes what it is asked. */
  class Actor implements Voice {
    readonly asked: string[] = []

    constructor(public language: string) {}

    say(sentence: Sentence): Promise<boolean> {
      this.asked.push(sentence.language)
      return Promise.resolve(sentence.language === this.language)
    }
  }

  it('are asked in turn, and the one that could speak is asked first again', async () => {
    const [browser, house] = [new Actor('en-US'), new Actor('zh-CN')]
    const voice = new FirstVoice([browser, house])

    expect(await voice.say(chinese)).toBe(true)
    expect(await voice.say(chinese)).toBe(true)
    expect(await voice.say(english)).toBe(true)

    expect(browser.asked).toEqual(['zh-CN', 'en-US'])
    expect(house.asked).toEqual(['zh-CN', 'zh-CN'])
  })

  it('fall back when one falls silent, and say so when none can speak', async () => {
    const [browser, house] = [new Actor('zh-CN'), new Actor('zh-CN')]
    const voice = new FirstVoice([browser, house])
    await voice.say(chinese)

    browser.language = 'none'

    expect(await voice.say(chinese)).toBe(true)
    expect(await voice.say(english)).toBe(false)
    expect(house.asked).toEqual(['zh-CN', 'en-US'])
  })

  /** A loudspeaker that notes how long each recording is. */
  function loudspeaker(isOn = true) {
    const played: number[] = []
    const play = (recording: ArrayBuffer) => {
      played.push(recording.byteLength)
      return Promise.resolve(true)
    }
    return { isOn, played, play }
  }

  it('load a recording once, though it is said twice', async () => {
    const [sound, loaded] = [loudspeaker(), [] as string[]]
    const house = new HouseVoice('city', ['zh'], sound, (address) => {
      loaded.push(address)
      return Promise.resolve(new ArrayBuffer(9))
    })

    expect(await house.say(chinese)).toBe(true)
    expect(await house.say(chinese)).toBe(true)

    expect(sound.played).toEqual([9, 9])
    expect(loaded).toEqual([
      '/api/halls/city/announcement?number=A012&window=3&language=zh',
    ])
  })

  it('do not ask the house for what it cannot speak, nor when no sound is on', async () => {
    const never = () => Promise.reject(new Error('nobody may ask'))

    const quiet = new HouseVoice('city', ['zh'], loudspeaker(false), never)
    const chineseOnly = new HouseVoice('city', ['zh'], loudspeaker(), never)

    expect(await quiet.say(chinese)).toBe(false)
    expect(await chineseOnly.say(english)).toBe(false)
    // A server that cannot be reached is a voice that cannot speak.
    expect(await chineseOnly.say(chinese)).toBe(false)
  })
})
