/** The browser's chime and voice. A browser may refuse both until it is touched. */

import type { Speaker } from './announcer'
import type { Sentence } from './spoken'

/** A hall wants to be understood: a little slower than a voice speaks by itself. */
const CALM = 0.9

/** A voice that never says that it has ended is waited for this long. */
const SENTENCE_BASE = 4_000
const SENTENCE_PER_SIGN = 450

const NOTES: [hertz: number, startsAt: number][] = [
  [784, 0],
  [587, 0.28],
]
const CHIME_SECONDS = 0.9

export class BrowserSpeaker implements Speaker {
  private context: AudioContext | null = null
  // Chromium forgets the end of an utterance that nothing refers to.
  private utterance: SpeechSynthesisUtterance | null = null

  /** `blocked` is told when the browser wants a touch first, or no longer does. */
  constructor(
    private readonly blocked: (blocked: boolean) => void,
    private readonly manner: { chime: boolean; rate: number } = {
      chime: true,
      rate: 1,
    },
  ) {
    if ('AudioContext' in window) {
      this.context = new AudioContext()
      this.context.onstatechange = () => this.look()
      this.look()
    }
  }

  /** Switch the sound on; works only inside a press or a tap. */
  unlock(): void {
    void this.context?.resume().then(() => this.look())
    if ('speechSynthesis' in window) {
      window.speechSynthesis.speak(new SpeechSynthesisUtterance(''))
    }
  }

  async chime(): Promise<void> {
    const context = this.context
    if (!this.manner.chime || !context || context.state !== 'running') return
    for (const [hertz, startsAt] of NOTES) {
      this.ring(context, hertz, context.currentTime + startsAt)
    }
    await new Promise((resolve) => setTimeout(resolve, CHIME_SECONDS * 1_000))
  }

  say(sentence: Sentence): Promise<boolean> {
    if (!('speechSynthesis' in window)) return Promise.resolve(false)
    return new Promise((resolve) => {
      const utterance = new SpeechSynthesisUtterance(sentence.text)
      utterance.lang = sentence.language
      utterance.rate = CALM * this.manner.rate
      const voice = this.voiceFor(sentence.language)
      if (voice) utterance.voice = voice
      const limit = SENTENCE_BASE + sentence.text.length * SENTENCE_PER_SIGN
      const timer = setTimeout(() => {
        window.speechSynthesis.cancel()
        resolve(false)
      }, limit)
      utterance.onend = () => {
        clearTimeout(timer)
        resolve(true)
      }
      utterance.onerror = (event) => {
        clearTimeout(timer)
        if (event.error === 'not-allowed') this.blocked(true)
        resolve(false)
      }
      this.utterance = utterance
      window.speechSynthesis.speak(this.utterance)
    })
  }

  private ring(context: AudioContext, hertz: number, at: number): void {
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.type = 'sine'
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0, at)
    volume.gain.linearRampToValueAtTime(0.5, at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.001, at + CHIME_SECONDS - 0.28)
    tone.connect(volume)
    volume.connect(context.destination)
    tone.start(at)
    tone.stop(at + CHIME_SECONDS)
  }

  private voiceFor(language: string): SpeechSynthesisVoice | undefined {
    const wanted = language.slice(0, 2)
    return window.speechSynthesis
      .getVoices()
      .find((voice) => voice.lang.slice(0, 2).toLowerCase() === wanted)
  }

  private look(): void {
    if (this.context) this.blocked(this.context.state !== 'running')
  }
}
