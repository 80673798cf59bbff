/** The board's voice: what the picture brings is spoken once, one after another. */

import { ref, type Ref } from 'vue'

import type { Hall } from '@web/answers'
import type { HallClock } from '@web/clock'
import { callsOf, type BoardState } from '@web/topics/board'
import { Announcer } from '@web/voice/announcer'
import { Due, type Announcement } from '@web/voice/due'
import { HallSpeaker } from '@web/voice/speaker'

export interface BoardVoice {
  /** The browser wants a touch before it makes a sound. */
  blocked: Ref<boolean>
  /** No voice could be heard last time; the chime still sounds. */
  mute: Ref<boolean>
  unlock(): void
  begin(state: BoardState): Announcement[]
  change(state: BoardState): Announcement[]
}

export function makeVoice(hall: Ref<Hall | null>, clock: HallClock): BoardVoice {
  const blocked = ref(false)
  const mute = ref(false)
  const due = new Due()
  const { hall: name, screen } = hall.value!
  const settings = screen.voice
  const speaker = new HallSpeaker(name, settings, (now) => (blocked.value = now))
  const announcer = new Announcer(speaker, settings, (now) => (mute.value = now))

  function announce(announcements: Announcement[]): Announcement[] {
    if (settings.enabled) {
      announcements.forEach((one) => announcer.announce(one))
    }
    return announcements
  }

  return {
    blocked,
    mute,
    unlock: () => speaker.unlock(),
    begin: (state) => announce(due.begin(state[0], callsOf(state), clock.now())),
    change: (state) => announce(due.take(state[0], callsOf(state))),
  }
}
