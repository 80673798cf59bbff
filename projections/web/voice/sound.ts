/** What a page can let sound. A browser may refuse until it is touched. */

const NOTES: [hertz: number, startsAt: number][] = [
  [784, 0],
  [587, 0.28],
]
const CHIME_SECONDS = 0.9

/** The page's loudspeaker: chime and recordings, one after another. */
export class Sound {
  private readonly context: AudioContext | null = null

  /** `blocked` is told when the browser wants a touch first, or no longer does. */
  constructor(private readonly blocked: (blocked: boolean) => void) {
    if ('AudioContext' in window) {
      this.context = new AudioContext()
      this.context.onstatechange = () => this.look()
      this.look()
    }
  }

  /** Switch the sound on; works only inside a press or a tap. */
  unlock(): void {
    void this.context?.resume().then(() => this.look())
  }

  /** Tell whether anything can be heard now. */
  get isOn(): boolean {
    return this.context?.state === 'running'
  }

  async chime(): Promise<void> {
    const context = this.context
    if (!context || !this.isOn) return
    for (const [hertz, startsAt] of NOTES) {
      ring(context, hertz, context.currentTime + startsAt)
    }
    await new Promise((resolve) => setTimeout(resolve, CHIME_SECONDS * 1_000))
  }

  /** Play a recording; resolve to false if it could not be heard. */
  async play(recording: ArrayBuffer): Promise<boolean> {
    const context = this.context
    if (!context || !this.isOn) return false
    const decoded = await context.decodeAudioData(recording)
    await new Promise<void>((resolve) => {
      const source = context.createBufferSource()
      source.buffer = decoded
      source.connect(context.destination)
      source.onended = () => resolve()
      // A context that is switched off meanwhile never says that it has ended.
      setTimeout(resolve, decoded.duration * 1_000 + 1_000)
      source.start()
    })
    return true
  }

  private look(): void {
    this.blocked(!this.isOn)
  }
}

function ring(context: AudioContext, hertz: number, at: number): void {
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
