/** How a board sounds: the chime, then the first voice that can be heard. */

import type { VoiceSettings } from '../answers'
import type { Speaker } from './announcer'
import { Sound } from './sound'
import type { Sentence } from './spoken'
import { BrowserVoice, FirstVoice, HouseVoice } from './voices'

export class HallSpeaker implements Speaker {
  private readonly sound: Sound
  private readonly browser: BrowserVoice
  private readonly voice: FirstVoice

  /** `blocked` is told when the browser wants a touch first, or no longer does. */
  constructor(
    hall: string,
    private readonly manner: VoiceSettings,
    blocked: (blocked: boolean) => void,
  ) {
    this.sound = new Sound(blocked)
    this.browser = new BrowserVoice(manner.rate, blocked)
    const house = new HouseVoice(hall, manner.clips, this.sound)
    this.voice = new FirstVoice([this.browser, house])
  }

  /** Switch the sound on; works only inside a press or a tap. */
  unlock(): void {
    this.sound.unlock()
    this.browser.unlock()
  }

  async chime(): Promise<void> {
    if (this.manner.chime) await this.sound.chime()
  }

  say(sentence: Sentence): Promise<boolean> {
    return this.voice.say(sentence)
  }
}
