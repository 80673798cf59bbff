import { describe, expect, it } from 'vitest'

import type { Moment } from '../shared/answers'
import { openPast, type Wish } from './past'

const at = (version: number, last = 9) =>
  ({
    date: '2026-11-20',
    version,
    first_version: 1,
    last_version: last,
  }) as unknown as Moment

/** A record whose answers wait until the test lets them go. */
class Record {
  asked: string[] = []
  private waiting: (() => void)[] = []

  ask = (wish: Wish): Promise<Moment> => {
    this.asked.push(wish.at)
    return new Promise((resolve, reject) => {
      this.waiting.push(() =>
        wish.at === 'lost' ? reject(new Error('lost')) : resolve(at(Number(wish.at))),
      )
    })
  }

  async answer(): Promise<void> {
    this.waiting.shift()?.()
    await Promise.resolve()
    await Promise.resolve()
    await Promise.resolve()
  }
}

const wish = (version: string): Wish => ({ date: '2026-11-20', at: version })

describe('looking back', () => {
  it('asks for one moment at a time, and of many wishes only for the last', async () => {
    const record = new Record()
    const past = openPast(record.ask)

    void past.show(wish('1'))
    for (const version of ['2', '3', '4']) void past.show(wish(version))
    await record.answer()
    expect(past.moment.value?.version).toBe(1)
    await record.answer()

    expect(record.asked).toEqual(['1', '4'])
    expect(past.moment.value?.version).toBe(4)
  })

  it('goes event by event, and no further than the day', async () => {
    const record = new Record()
    const past = openPast(record.ask)
    void past.show(wish('8'))
    await record.answer()

    void past.step(5)
    await record.answer()
    await past.step(1)

    expect(record.asked).toEqual(['8', '9'])
    expect(past.moment.value?.version).toBe(9)
  })

  it('goes as many events as it was told to, however quickly', async () => {
    const record = new Record()
    const past = openPast(record.ask)
    void past.show(wish('8'))
    await record.answer()

    for (const by of [-1, -1, -1]) void past.step(by)
    await record.answer()
    await record.answer()

    expect(record.asked).toEqual(['8', '7', '5'])
    expect(past.moment.value?.version).toBe(5)
  })

  it('is played until the end, never faster than it is answered', async () => {
    const record = new Record()
    const past = openPast(record.ask)
    void past.show(wish('3'))
    await record.answer()
    past.speed.value = 5

    past.play()
    past.tick()
    past.tick()
    await record.answer()
    past.tick()
    await record.answer()
    past.tick()

    expect(record.asked).toEqual(['3', '8', '9'])
    expect(past.playing.value).toBe(false)
  })

  it('keeps what it shows when a moment cannot be had', async () => {
    const record = new Record()
    const past = openPast(record.ask)
    void past.show(wish('3'))
    await record.answer()
    past.play()

    void past.show(wish('lost'))
    await record.answer()

    expect(past.moment.value?.version).toBe(3)
    expect(past.trouble.value).toBeInstanceOf(Error)
    expect(past.playing.value).toBe(false)
    void past.show(wish('4'))
    await record.answer()
    expect(past.trouble.value).toBeNull()
  })
})
