/**
 * The paper with what a citizen must bring: from the window's printer where it has one,
 * else from the browser's. What stands on it comes from the record.
 */

import { nextTick, ref, shallowRef, type Ref } from 'vue'

import { Refusal, Unreachable, newKey } from '@web/api'
import { lasting, type Store } from '@web/store'
import type { Language } from '@web/words'

import type { DeskAnswer } from '../shared/answers'
import { tell } from '../shared/refusals'
import type { Press } from './presses'
import { words } from './words'

/** What a citizen was told to bring, in his language. */
export interface Supplement {
  service: string
  hall: string
  number: string
  items: string[]
  missing: string[]
  window: string
  clerk: string
  told: string
  language: Language
  printed: boolean
  reason: string | null
}

export interface Paper {
  /** The service whose list can be printed now, until the next ticket comes. */
  last: Readonly<Ref<{ service: string; number: string } | null>>
  /** What the browser prints; null when there is nothing. */
  sheet: Readonly<Ref<Supplement | null>>
  /** The clerk wants a paper as soon as the list is told. */
  wanted: Ref<boolean>
  answered(answer: DeskAnswer, press: Press): void
  print(): Promise<void>
}

export interface PaperWorld {
  print(service: string, key: string): Promise<Supplement>
  hint: Ref<string>
  /** Open the browser's own print dialog. */
  dialog?(): void
  store?: Store
}

const KEPT = 'yihao.console.paper'
const TROUBLES = ['paper-out', 'cover-open']

export function openPaper(world: PaperWorld): Paper {
  const store = world.store ?? lasting
  const dialog = world.dialog ?? (() => window.print())
  const last = ref<{ service: string; number: string } | null>(null)
  const sheet = shallowRef<Supplement | null>(null)
  const wanted = ref(store.read(KEPT) !== 'no')

  async function print(): Promise<void> {
    const told = last.value
    if (!told) return
    try {
      const said = await world.print(told.service, newKey())
      if (said.printed) {
        world.hint.value = words('paper.printed', { number: said.number })
        return
      }
      sheet.value = said
      if (said.reason !== 'no-printer') world.hint.value = trouble(said.reason)
      await nextTick()
      dialog()
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Unreachable)) throw error
      world.hint.value = words('paper.not', { why: tell(error).wrong })
    }
  }

  return {
    last,
    sheet,
    wanted,
    answered(answer, press) {
      if (press.verb === 'complete') {
        const hasList = press.body['outcome'] === 'needs-supplement'
        const service = hasList ? answer.service : null
        last.value = service ? { service, number: press.number } : null
        store.write(KEPT, wanted.value ? 'yes' : 'no')
        if (service && wanted.value) void print()
      } else if (answer.ticket) {
        last.value = null
      }
    },
    print,
  }
}

function trouble(reason: string | null): string {
  const known = reason !== null && TROUBLES.includes(reason)
  return words(known ? `paper.trouble.${reason}` : 'paper.trouble')
}
