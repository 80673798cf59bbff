/** Follow one ticket: its answer over HTTP, its place over the link, its last picture. */

import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'

import type { Hall, TicketAnswer } from '@web/answers'
import { Refusal, Unreachable, makeApi, type Api } from '@web/api'
import { HallClock, keepTimeOf } from '@web/clock'
import { loadHall, type HallPage } from '@web/hall'
import { openLink, type Live } from '@web/live'
import * as topic from '@web/topics/ticket'
import type { TicketState, TicketView } from '@web/topics/ticket'

import { keepPicture, keptPicture, viewOf, wantsAnswer } from './picture'

export interface FollowedTicket {
  api: Api
  clock: HallClock
  answer: Ref<TicketAnswer | null>
  view: ComputedRef<TicketView | null>
  hall: ComputedRef<Hall | null>
  /** Why the ticket cannot be shown at all. */
  refused: Ref<unknown>
  /** The hall's time of the picture, when it is not the present one; 0 when it is. */
  asOf: ComputedRef<number>
  reload(): Promise<void>
}

const AGAIN = 4_000

export function followTicket(id: string, secret: string): FollowedTicket {
  const api = makeApi({ bearer: () => secret })
  const clock = new HallClock()
  const kept = keptPicture(id)
  if (kept?.hall) keepTimeOf(kept.hall)
  const answer = shallowRef<TicketAnswer | null>(kept?.answer ?? null)
  const live = shallowRef<Live<TicketState> | null>(null)
  const page = shallowRef<HallPage | null>(null)
  const refused = ref<unknown>(null)
  /** When the last answer came, on the clock of this page; 0 before. */
  const answeredAt = ref(0)
  /** The link was tried and lost, and is not back. */
  const isCut = ref(false)

  const hall = computed(() => page.value?.hall.value ?? kept?.hall ?? null)
  const view = computed(() => {
    const state = live.value?.state.value
    if (state) return topic.view(state)
    if (answeredAt.value) return viewOf(answer.value!)
    return kept?.view ?? null
  })
  const asOf = computed(() => {
    if (live.value?.state.value)
      return live.value.stale.value ? live.value.asOf.value : 0
    if (answeredAt.value) return isCut.value ? clock.at(answeredAt.value) : 0
    return kept?.at ?? 0
  })

  async function reload(): Promise<void> {
    try {
      const path = `/api/tickets/${encodeURIComponent(id)}`
      answer.value = await api.get<TicketAnswer>(path)
      answeredAt.value = performance.now()
      refused.value = null
      open(answer.value.hall)
    } catch (error) {
      if (error instanceof Unreachable || isPassing(error)) {
        setTimeout(() => void reload(), AGAIN * (0.5 + Math.random()))
      } else {
        refused.value = error
      }
    }
  }

  /** The hall and the link are opened once, when the ticket says where it belongs. */
  function open(hallId: string): void {
    if (page.value) return
    // The secret opens the ticket and nothing else: the hall is asked without it.
    page.value = loadHall(makeApi(), hallId, clock, (loaded) => {
      const link = openLink(loaded, clock, '', () => void page.value?.reload())
      live.value = link.follow(`ticket/${id}`, topic, { secret })
      watch(link.status, (now) => {
        if (now !== 'connecting') isCut.value = now !== 'open'
      })
    })
  }

  watch(view, (now, before) => {
    if (now && live.value?.state.value && wantsAnswer(before ?? null, now))
      void reload()
  })
  watch([view, answer, hall], () => {
    if (!view.value || !answer.value || asOf.value) return
    keepPicture({
      answer: answer.value,
      view: view.value,
      hall: hall.value,
      at: clock.now(),
    })
  })

  void reload()
  return { api, clock, answer, view, hall, refused, asOf, reload }
}

function isPassing(error: unknown): boolean {
  return error instanceof Refusal && (error.status >= 500 || error.status === 429)
}
