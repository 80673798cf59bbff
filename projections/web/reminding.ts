/** Be reminded by SMS: of the holder's own will, at a phone that is asked for only here. */

import { ref, type Ref } from 'vue'

import { Refusal, type Api } from '@web/api'

export type ReminderState = 'impossible' | 'off' | 'on' | 'busy'

interface ReminderAnswer {
  /** When so many are ahead the holder is told; 0: nobody is reminded here. */
  ahead: number
  /** The phone's mask; null: it is not wished. */
  phone: string | null
}

export interface Reminder {
  /** Nothing is offered where it is `impossible`. */
  state: Ref<ReminderState>
  ahead: Ref<number>
  /** The phone's mask, as the house tells it. */
  phone: Ref<string>
  /** The phone was no phone, or the house could not be reached. */
  error: Ref<'' | 'phone' | 'failed'>
  want(phone: string): Promise<void>
  forget(): Promise<void>
}

const MOBILE = /^1[3-9][0-9]{9}$/

/** Return the eleven digits of a mobile phone however they are grouped, or nothing. */
export function plainPhone(typed: string): string {
  const digits = typed.replace(/[\s-]/g, '').replace(/^(\+|00)86/, '')
  return MOBILE.test(digits) ? digits : ''
}

/** Return digits in the groups in which a phone is read: 138 1234 5678. */
export function groupedPhone(digits: string): string {
  return [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)]
    .filter((group) => group !== '')
    .join(' ')
}

/** Offer reminders of a ticket; `api` speaks for its holder. */
export function reminderFor(ticket: string, api: Api): Reminder {
  const state = ref<ReminderState>('impossible')
  const ahead = ref(0)
  const phone = ref('')
  const error = ref<'' | 'phone' | 'failed'>('')
  const path = `/api/tickets/${encodeURIComponent(ticket)}/reminder`

  function take(answer: ReminderAnswer): void {
    ahead.value = answer.ahead
    phone.value = answer.phone ?? ''
    if (answer.ahead === 0) state.value = 'impossible'
    else state.value = answer.phone ? 'on' : 'off'
  }

  async function attempted(ask: () => Promise<ReminderAnswer>): Promise<void> {
    const before = state.value
    if (before === 'busy' || before === 'impossible') return
    state.value = 'busy'
    error.value = ''
    try {
      take(await ask())
    } catch (refused) {
      state.value = before
      const wrong = refused instanceof Refusal && refused.status === 422
      error.value = wrong ? 'phone' : 'failed'
    }
  }

  async function want(typed: string): Promise<void> {
    const digits = plainPhone(typed)
    if (digits === '') error.value = 'phone'
    else await attempted(() => api.post<ReminderAnswer>(path, { phone: digits }))
  }

  const forget = () => attempted(() => api.post<ReminderAnswer>(`${path}/forget`))

  // Where it cannot be asked whether it is possible, it is not offered.
  api.get<ReminderAnswer>(path).then(take, () => {})
  return { state, ahead, phone, error, want, forget }
}
