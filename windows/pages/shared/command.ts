/** One thing somebody presses: sent under one key, and refused in words. */

import { ref, type Ref } from 'vue'

import { Refusal, Unreachable, newKey, type Api } from '@web/api'

import { tell } from './refusals'

export interface Command {
  busy: Readonly<Ref<boolean>>
  /** Why the last press came to nothing; empty when it did not. */
  trouble: Ref<string>
  /** Send it; return whether it was done. While one is under way, no other is sent. */
  send(path: string, body?: Record<string, unknown>): Promise<boolean>
}

export function openCommand(api: Pick<Api, 'post'>): Command {
  const busy = ref(false)
  const trouble = ref('')
  let key = newKey()
  let asked = ''

  async function send(path: string, body: Record<string, unknown> = {}) {
    if (busy.value) return false
    busy.value = true
    trouble.value = ''
    // Only the very same press may be a repeat of one whose answer was lost.
    const asks = `${path} ${JSON.stringify(body)}`
    if (asks !== asked) key = newKey()
    asked = asks
    try {
      await api.post(path, body, key)
      key = newKey()
      return true
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Unreachable)) throw error
      const { wrong, help } = tell(error)
      trouble.value = `${wrong} ${help}`
      // A refusal settled that press; an answer that was lost is asked for again.
      if (error instanceof Refusal) key = newKey()
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, trouble, send }
}
