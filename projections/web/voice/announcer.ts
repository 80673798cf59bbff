/** One voice for many calls: announcements wait for each other and never overlap. */

import type { Announcement } from './due'
import { sentencesFor, type Manner, type Pace, type Sentence } from './spoken'

/** What can sound: a chime and a voice. Both resolve when they have ended. */
export interface Speaker {
  chime(): Promise<void>
  /** Resolve to false when no voice could say it. */
  say(sentence: Sentence): Promise<boolean>
}

/** With this many others waiting the announcement is said more briefly. */
const BRISK_FROM = 2
const SHORT_FROM = 5

export class Announcer {
  private readonly waiting: Announcement[] = []
  private speaking = false

  /** `mute` is told after each announcement whether no voice could be heard. */
  constructor(
    private readonly speaker: Speaker,
    private readonly manner: Manner,
    private readonly mute: (mute: boolean) => void = () => {},
  ) {}

  announce(announcement: Announcement): void {
    this.waiting.push(announcement)
    if (!this.speaking) void this.speakAll()
  }

  private async speakAll(): Promise<void> {
    this.speaking = true
    try {
      for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
        await this.speakOne(sentencesFor(next, this.manner, this.pace()))
      }
    } finally {
      this.speaking = false
    }
  }

  private async speakOne(sentences: Sentence[]): Promise<void> {
    await this.speaker.chime()
    let heard = false
    for (const sentence of sentences) {
      const said = await this.speaker.say(sentence)
      heard = heard || said
    }
    if (!heard) await this.speaker.chime()
    this.mute(!heard)
  }

  private pace(): Pace {
    if (this.waiting.length >= SHORT_FROM) return 'short'
    return this.waiting.length >= BRISK_FROM ? 'brisk' : 'full'
  }
}
