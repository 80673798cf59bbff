/**
 * The identity-card reader beside the machine: a service on the machine itself that
 * speaks the protocol of docs/kiosk.md. It reads only while it is asked to.
 *
 * The number of a card is held here, outside of everything that is drawn or kept, until
 * the ticket is taken or the citizen leaves. It goes into one request and nowhere else.
 */

import { ref, type Ref } from 'vue'

export type CardState = 'absent' | 'asking' | 'read' | 'fault'

export interface CardReader {
  state: Ref<CardState>
  /** Begin to wait for a card. */
  ask(): void
  /** Stop waiting, and forget the card. */
  forget(): void
  /** Return the number on the card, or nothing; for one request. */
  subject(): string
  /** Return the name on the card, where the reader told one; for one request. */
  name(): string
  close(): void
}

/** As much of a WebSocket as a reader needs. */
export interface Socket {
  send(text: string): void
  close(): void
  onopen: (() => void) | null
  onclose: (() => void) | null
  onmessage: ((message: { data: unknown }) => void) | null
}

const LOCAL = /^wss?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/\S*)?$/
const NUMBER = /^[0-9A-Z]{6,30}$/
const LONGEST_NAME = 64
const AGAIN = 5_000

/** A message of the reader, as far as it is one. */
interface Told {
  type?: string
  number?: string
  name?: unknown
}

/** Return the reader's address if it is on this machine, else nothing. */
export function localAddress(asked: string): string {
  return LOCAL.test(asked) ? asked : ''
}

/** Open the reader; without an address there is none. It is looked for again for ever. */
export function openCardReader(
  address: string,
  connect: (address: string) => Socket = (at) => new WebSocket(at) as Socket,
  later: (again: () => void) => void = (again) => setTimeout(again, AGAIN),
): CardReader {
  const state = ref<CardState>('absent')
  let socket: Socket | null = null
  let isOpen = false
  let isAsking = false
  let isClosed = false
  let number = ''
  let name = ''

  function open(): void {
    if (isClosed || address === '') return
    const mine = (socket = connect(address))
    mine.onopen = () => {
      isOpen = true
      if (isAsking) ask()
    }
    mine.onclose = () => {
      isOpen = false
      // A card that was read stays read: only the wait for one has ended.
      if (state.value !== 'read') state.value = 'absent'
      later(open)
    }
    mine.onmessage = (message) => receive(String(message.data))
  }

  function receive(text: string): void {
    const told = parsed(text)
    if (!isAsking || !told) return
    if (told.type === 'card' && NUMBER.test(told.number ?? '')) {
      number = told.number!
      name = typeof told.name === 'string' ? told.name.slice(0, LONGEST_NAME) : ''
      state.value = 'read'
    } else if (told.type === 'fault' || told.type === 'card') {
      state.value = 'fault'
    }
  }

  function ask(): void {
    isAsking = true
    if (!isOpen) return
    state.value = 'asking'
    socket!.send(JSON.stringify({ type: 'read' }))
  }

  function forget(): void {
    number = name = ''
    if (isOpen && isAsking) socket!.send(JSON.stringify({ type: 'stop' }))
    isAsking = false
    state.value = 'absent'
  }

  open()
  return {
    state,
    ask,
    forget,
    subject: () => number,
    name: () => name,
    close() {
      isClosed = true
      forget()
      socket?.close()
    },
  }
}

function parsed(text: string): Told | null {
  try {
    const told: unknown = JSON.parse(text)
    return typeof told === 'object' ? (told as Told) : null
  } catch {
    return null
  }
}
