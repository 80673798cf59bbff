/** What the machine must say before anybody presses: no house, no paper. */

import { ref, type Ref } from 'vue'

import { Refusal, Unreachable, makeApi } from '@web/api'

/** How often the house is asked, in milliseconds. */
export const EVERY = 5_000
/** A house that does not answer in this time cannot be reached. */
const PATIENCE = 4_000

export interface Machine {
  /** The house answered when it was asked last. */
  reachable: Ref<boolean>
  /** `ready`, or why no slip will come out. */
  printer: Ref<string>
  /** The house knows this machine. */
  enrolled: Ref<boolean>
  /** Ask now: something made us doubt. */
  look(): Promise<void>
  stop(): void
}

export interface MachineOptions {
  token: string
  fetch?: typeof fetch
  every?: (again: () => void) => () => void
}

/** Watch over the machine: one question every few seconds. */
export function watchMachine(hall: string, options: MachineOptions): Machine {
  const { token, every = repeated } = options
  const reachable = ref(true)
  const printer = ref('ready')
  const enrolled = ref(token !== '')
  const api = makeApi({
    bearer: () => token,
    attempts: 1,
    timeout: PATIENCE,
    ...(options.fetch ? { fetch: options.fetch } : {}),
  })
  const path = `/api/halls/${encodeURIComponent(hall)}/machine`
  let newest = 0

  async function look(): Promise<void> {
    const mine = ++newest
    try {
      const answer = await api.get<{ printer: string }>(path)
      // An older question that was answered late tells of the past.
      if (mine !== newest) return
      printer.value = answer.printer
      reachable.value = enrolled.value = true
    } catch (error) {
      if (mine !== newest) return
      if (error instanceof Refusal && error.status === 401) enrolled.value = false
      else if (error instanceof Unreachable) reachable.value = false
      else if (error instanceof Refusal) reachable.value = error.status < 500
      else throw error
    }
  }

  const stop = enrolled.value ? every(() => void look()) : () => {}
  if (enrolled.value) void look()
  return { reachable, printer, enrolled, look, stop }
}

function repeated(again: () => void): () => void {
  const timer = setInterval(again, EVERY)
  window.addEventListener('offline', again)
  window.addEventListener('online', again)
  return () => {
    clearInterval(timer)
    window.removeEventListener('offline', again)
    window.removeEventListener('online', again)
  }
}
