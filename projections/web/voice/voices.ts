/** Who can say a sentence: the browser, or the house with its recordings. */

import type { Sound } from './sound'
import type { Sentence } from './spoken'

export interface Voice {
  /** Resolve to true when it has been said, to false if this voice cannot say it. */
  say(sentence: Sentence): Promise<boolean>
}

/** A hall wants to be understood: a little slower than a voice speaks by itself. */
const CALM = 0.9

/** A voice that never says that it has ended is waited for this long. */
const SENTENCE_BASE = 4_000
const SENTENCE_PER_SIGN = 450

/** The voice of the browser, which may have none, or want a touch first. */
export class BrowserVoice implements Voice {
  // Chromium forgets the end of an utterance that nothing refers to.
  private utterance: SpeechSynthesisUtterance | null = null

  constructor(
    private readonly rate: number,
    private readonly blocked: (blocked: boolean) => void,
  ) {}

  /** Let it speak from now on; works only inside a press or a tap. */
  unlock(): void {
    if ('speechSynthesis' in window) {
      window.speechSynthesis.speak(new SpeechSynthesisUtterance(''))
    }
  }

  say(sentence: Sentence): Promise<boolean> {
    if (!('speechSynthesis' in window)) return Promise.resolve(false)
    const voices = window.speechSynthesis.getVoices()
    const voice = voiceFor(sentence.language, voices)
    // Before the first sentence a browser may not have told its voices yet.
    if (voices.length > 0 && !voice) return Promise.resolve(false)
    return new Promise((resolve) => {
      const utterance = new SpeechSynthesisUtterance(sentence.text)
      utterance.lang = sentence.language
      utterance.rate = CALM * this.rate
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
}

function voiceFor(
  language: string,
  voices: SpeechSynthesisVoice[],
): SpeechSynthesisVoice | undefined {
  const wanted = language.slice(0, 2)
  return voices.find((voice) => voice.lang.slice(0, 2).toLowerCase() === wanted)
}

/** The voice of the house: recordings that the server joins to sentences. */
export class HouseVoice implements Voice {
  private last: { address: string; recording: ArrayBuffer } | null = null

  constructor(
    private readonly hall: string,
    private readonly languages: string[],
    private readonly sound: Pick<Sound, 'isOn' | 'play'>,
    private readonly load: (address: string) => Promise<ArrayBuffer | null> = loadSound,
  ) {}

  async say({ number, window, language }: Sentence): Promise<boolean> {
    const spoken = language.slice(0, 2)
    if (!this.languages.includes(spoken) || !this.sound.isOn) return false
    const asked = new URLSearchParams({ number, window, language: spoken })
    const address = `/api/halls/${encodeURIComponent(this.hall)}/announcement?${asked}`
    try {
      const recording = await this.recordingAt(address)
      // What is decoded is used up: a sentence that is said twice needs a copy.
      return recording !== null && (await this.sound.play(recording.slice(0)))
    } catch {
      return false
    }
  }

  private async recordingAt(address: string): Promise<ArrayBuffer | null> {
    if (this.last?.address === address) return this.last.recording
    const recording = await this.load(address)
    if (recording) this.last = { address, recording }
    return recording
  }
}

async function loadSound(address: string): Promise<ArrayBuffer | null> {
  const answer = await fetch(address)
  return answer.ok ? answer.arrayBuffer() : null
}

/** Lets the first voice speak that can; in each language it is asked first again. */
export class FirstVoice implements Voice {
  private readonly trusted = new Map<string, Voice>()

  constructor(private readonly voices: Voice[]) {}

  async say(sentence: Sentence): Promise<boolean> {
    const trusted = this.trusted.get(sentence.language)
    const others = this.voices.filter((voice) => voice !== trusted)
    for (const voice of trusted ? [trusted, ...others] : others) {
      if (await voice.say(sentence)) {
        this.trusted.set(sentence.language, voice)
        return true
      }
    }
    return false
  }
}
