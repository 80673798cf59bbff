/** "Your turn": ring and shake for every call and recall, and once when it is near. */

import { ref, watch, type Ref } from 'vue'

import { lasting, passing } from '@web/store'
import type { TicketView } from '@web/topics/ticket'
import { Sound } from '@web/voice/sound'

const WANTED = 'yihao.sound'
const SHAKE = [500, 250, 500, 250, 800]
const RINGS = 3
const SHAKE_NEAR = [300, 150, 300]

/** From here the citizen should be near the windows. */
export const SOON = 3

/** Return whether a ticket waits and few are before it; null while nobody can say. */
export function isNear(view: TicketView | null): boolean | null {
  if (!view || view.stage !== 'waiting' || view.ahead === null) return null
  return view.ahead <= SOON
}

/** Return what identifies an announcement, or nothing when nobody is called. */
export function announcementOf(view: TicketView | null): string {
  if (!view || view.stage !== 'called' || view.call === null) return ''
  return `${view.call}.${view.announcements}`
}

export interface Bell {
  on: Ref<boolean>
  /** Switch the sound on or off; only a tap may switch it on. */
  toggle(): void
}

/** Ring whenever the ticket is announced, also when the page opens while it is. */
export function ringFor(ticket: string, view: Ref<TicketView | null>): Bell {
  const on = ref(lasting.read(WANTED) === 'yes')
  const blocked = ref(true)
  const key = `yihao.rung.${ticket}`
  let sound: Sound | null = null

  async function ring(shake: number[], rings: number): Promise<void> {
    // A page that nobody has touched may not shake, and is told off for trying.
    if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(shake)
    for (let count = 0; on.value && sound && count < rings; count++) {
      await sound.chime()
    }
  }

  function unlock(): void {
    if (!on.value) return
    sound ??= new Sound((now) => (blocked.value = now))
    if (blocked.value) sound.unlock()
  }

  watch(
    () => announcementOf(view.value),
    (announcement) => {
      if (announcement === '' || passing.read(key) === announcement) return
      passing.write(key, announcement)
      void ring(SHAKE, RINGS)
    },
    { immediate: true },
  )
  watch(
    () => isNear(view.value),
    (near, before) => {
      // Whoever was far and is near now; a number taken near was told so already.
      if (near !== true || before !== false || passing.read(`${key}.near`)) return
      passing.write(`${key}.near`, 'yes')
      void ring(SHAKE_NEAR, 1)
    },
    { immediate: true },
  )
  // After a reload the browser wants a touch again before it may sound.
  document.addEventListener('pointerdown', unlock)

  return {
    on,
    toggle() {
      on.value = !on.value
      lasting.write(WANTED, on.value ? 'yes' : 'no')
      unlock()
      if (on.value) setTimeout(() => void sound?.chime(), 100)
    },
  }
}
