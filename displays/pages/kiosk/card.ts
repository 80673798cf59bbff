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
  /** Return what the card said, or nothing; for one request. */
  subject(): string
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
const AGAIN = 5_000

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
    number = ''
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
    close() {
      isClosed = true
      forget()
      socket?.close()
    },
  }
}

function parsed(text: string): { type?: string; number?: string } | null {
  try {
    const told: unknown = JSON.parse(text)
    return typeof told === 'object' ? (told as { type?: string }) : null
  } catch {
    return null
  }
}
