/** What the clerk's keys and buttons do, and what is open and chosen meanwhile. */

import { computed, ref, shallowRef, watch, type Ref } from 'vue'

import type { HeldTicket, WaitingTicket } from '@web/topics/console'

import { KEYS, actionAt, type ActionName } from './actions'
import type { Desk } from './desk'
import type { Press, Verb } from './presses'
import { ASKING, BEHIND, type Sheet, type SheetName } from './sheets'
import { words } from './words'

/** As much of the desk as the work needs. */
export type WorkDesk = Pick<
  Desk,
  | 'picture'
  | 'actions'
  | 'next'
  | 'hint'
  | 'warning'
  | 'press'
  | 'presses'
  | 'undo'
  | 'paper'
  | 'announcedAt'
  | 'now'
>

/** A call is spoken for so long: to announce it again earlier is asked for twice. */
const SPOKEN_MS = 8_000

/** Nobody has read within this time that somebody else is next now. */
const UNREAD_MS = 2_000

export interface Work {
  /** What is being chosen in the place of the buttons; null for the buttons. */
  sheet: Ref<SheetName | null>
  /** The sheet itself, which takes the keys while it is open. */
  open: Ref<Sheet | undefined>
  /** The ticket that was chosen in the lists; empty for none. */
  chosen: Ref<string>
  /** The window may call now. */
  free: Readonly<Ref<boolean>>
  act(name: ActionName): void
  give(verb: Verb, body?: Press['body'], undoable?: boolean, number?: string): void
  call(row: WaitingTicket | HeldTicket): void
  resumeHeld(row: HeldTicket): void
  undo(): void
  printPaper(): void
  showKeys(): void
  /** Take a key; true if it was meant for the work. */
  take(key: string): boolean
  /** Go back one step; false if there was none here. */
  back(): boolean
}

/** `reveal` brings a ticket of the lists into sight. */
export function workAt(desk: WorkDesk, reveal: (ticket: string) => void): Work {
  const sheet = ref<SheetName | null>(null)
  const open = ref<Sheet>()
  const chosen = ref('')
  /** The announcement after which another one was asked for too soon. */
  const warnedOf = ref(-1)
  /** Who was next until somebody else called him, or he gave up. */
  const gone = shallowRef<{ number: string; at: number } | null>(null)
  const { hint, picture } = desk

  const current = computed(() => picture.value.current)
  const number = computed(() => current.value?.number ?? '')
  const free = computed(() => picture.value.duty === 'open' && current.value === null)
  const stage = computed(() => `${current.value?.ticket} ${current.value?.stage}`)

  watch(stage, () => {
    sheet.value = null
    chosen.value = ''
  })
  watch([stage, sheet, chosen], () => (hint.value = ''))
  watch(desk.presses.progress, (now) => {
    if (now) hint.value = ''
  })

  watch(desk.next, (next, before) => {
    if (next?.ticket === before?.ticket) return
    const stays = picture.value.waiting.some((row) => row.ticket === before?.ticket)
    const ours = !free.value || desk.presses.progress.value !== null
    const left = before && next && !stays && !ours
    gone.value = left ? { number: before.number, at: desk.now.value } : null
  })

  // What is done.

  function act(name: ActionName): void {
    const action = desk.actions.value.find((one) => one.name === name)
    if (!action) return
    if (action.hindrance) {
      const why = words(action.hindrance)
      hint.value = words('now.hindrance', { what: words(`action.${name}`), why })
      return
    }
    const asking = ASKING[name]
    if (asking) ask(asking)
    else if (name === 'next') callNext()
    else if (name === 'take-back') takeBack()
    else if (name === 'start') give('start')
    else if (name === 'recall') recall()
    else if (name === 'resume') give('resume')
    else if (name === 'close') give('close', {}, true)
  }

  function recall(): void {
    const ago = desk.now.value - desk.announcedAt.value
    if (ago < SPOKEN_MS && warnedOf.value !== desk.announcedAt.value) {
      warnedOf.value = desk.announcedAt.value
      const n = Math.max(1, Math.floor(ago / 1_000))
      warn(words('now.just-announced', { number: number.value, n }))
      return
    }
    give('recall')
  }

  /** Take back what is not sent yet, else what the record can undo. */
  function undo(): void {
    const may = desk.undo.value
    if (desk.presses.progress.value?.is === 'undoable') desk.presses.undo()
    else if (may) give('undo', {}, false, may.number)
    else hint.value = words('now.nothing-to-undo')
  }

  function printPaper(): void {
    if (desk.paper.last.value) void desk.paper.print()
    else hint.value = words('paper.none')
  }

  function ask(name: SheetName): void {
    desk.presses.settle()
    sheet.value = name
  }

  function give(
    verb: Verb,
    body: Press['body'] = {},
    undoable = false,
    about = number.value,
  ): void {
    sheet.value = null
    if (!desk.press(verb, body, about, undoable)) hint.value = words('now.wait')
  }

  /** A press that was meant for somebody who has just left is asked for again. */
  function callNext(): void {
    const left = gone.value
    const next = desk.next.value
    gone.value = null
    if (left && next && desk.now.value - left.at < UNREAD_MS) {
      warn(words('now.gone', { number: left.number, next: next.number }))
      return
    }
    give('call-next', {}, false, '')
  }

  function call(row: WaitingTicket | HeldTicket): void {
    give('call', { ticket: row.ticket }, false, row.number)
  }

  function warn(line: string): void {
    hint.value = line
    desk.warning.value = line
  }

  function takeBack(): void {
    const [first, ...others] = picture.value.held
    if (first && others.length === 0) resumeHeld(first)
    else ask('take-back')
  }

  function resumeHeld(row: HeldTicket): void {
    give('resume-ticket', { ticket: row.ticket }, false, row.number)
  }

  function showKeys(): void {
    sheet.value = sheet.value === 'keys' ? null : 'keys'
  }

  // Keys.

  function take(key: string): boolean {
    if (key === '?') showKeys()
    else if (sheet.value && sheet.value !== 'keys')
      return open.value?.take(key) ?? false
    else if (key === 'ArrowDown') move(1)
    else if (key === 'ArrowUp') move(-1)
    else if (key === KEYS.undo) undo()
    else if (key === KEYS.paper) printPaper()
    else if (key === 'Enter' && chosen.value) actOnChosen()
    else {
      const action = actionAt(desk.actions.value, key)
      if (action) act(action.name)
      else sayWhyNot(key)
    }
    return true
  }

  function sayWhyNot(key: string): void {
    if (key === 'Space' && current.value) {
      const busy = current.value.stage === 'called' ? 'now.busy.called' : 'now.busy'
      hint.value = words(busy, { number: number.value })
    } else if (key === 'Space' && picture.value.duty === 'paused') {
      hint.value = words('now.paused')
    } else if (/^[A-Z]$/.test(key)) {
      hint.value = words('now.no-key')
    }
  }

  function move(by: number): void {
    const { waiting, held } = picture.value
    const all = [...waiting, ...held].map((row) => row.ticket)
    if (all.length === 0) return
    const place = all.indexOf(chosen.value)
    const from = place < 0 && by < 0 ? 0 : place
    chosen.value = all[(from + by + all.length) % all.length]!
    reveal(chosen.value)
  }

  function actOnChosen(): void {
    const held = picture.value.held.find((row) => row.ticket === chosen.value)
    const row = picture.value.waiting.find((one) => one.ticket === chosen.value)
    if (!held && !row) hint.value = words('now.chosen-gone')
    else if (current.value) hint.value = words('now.busy', { number: number.value })
    else if (held) resumeHeld(held)
    else if (!free.value) hint.value = words('now.paused')
    else if (row && row.ticket === desk.next.value?.ticket) callNext()
    else if (row && (row.pinned || row.transferredHere)) call(row)
    else hint.value = words('waiting.rule')
  }

  function back(): boolean {
    if (sheet.value) {
      sheet.value = BEHIND[sheet.value] ?? null
      return true
    }
    if (desk.presses.progress.value || desk.presses.failure.value) return false
    const was = chosen.value !== '' || hint.value !== ''
    chosen.value = ''
    hint.value = ''
    return was
  }

  return {
    sheet,
    open,
    chosen,
    free,
    act,
    give,
    call,
    resumeHeld,
    undo,
    printPaper,
    showKeys,
    take,
    back,
  }
}
