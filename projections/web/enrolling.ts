/**
 * A machine that nobody has enrolled shows a code; a manager types it in elsewhere.
 *
 * The machine has its token from the beginning; it is worth nothing before that.
 */

import { onUnmounted, ref, type Ref } from 'vue'

import { Refusal, Unreachable, makeApi, type Api } from './api'
import { keepDeviceToken } from './place'

export type DeviceKind = 'kiosk' | 'pad' | 'sign'

interface Wished {
  token: string
  code: string
  seconds: number
}
interface DeviceSelf {
  enrolled: boolean
  hall: string
  place: string
}

const ASK_AGAIN_MS = 4_000

/** Return the code in two groups: `ABCD-EFGH`. */
export function grouped(code: string): string {
  return code ? `${code.slice(0, 4)}-${code.slice(4)}` : ''
}

/** Return the address of a device's page at its place. */
export function pageOf(kind: DeviceKind, hall: string, place: string): string {
  const parts = kind === 'kiosk' ? [kind, hall] : [kind, hall, place]
  return `/${parts.map(encodeURIComponent).join('/')}`
}

/** Show a code until the device is enrolled, and then open its page. */
export function enrolment(kind: DeviceKind): Ref<string> {
  const code = ref('')
  let token = ''
  let until = 0
  const anyone: Api = makeApi({ attempts: 1 })
  const itself: Api = makeApi({ attempts: 1, bearer: () => token })

  async function ask(): Promise<void> {
    if (Date.now() >= until) {
      const wished = await anyone.post<Wished>('/api/device/wish', { kind })
      token = wished.token
      until = Date.now() + wished.seconds * 1_000
      code.value = grouped(wished.code)
      return
    }
    const found = await itself.get<DeviceSelf>('/api/device')
    if (!found.enrolled) return
    clearInterval(timer)
    keepDeviceToken(kind, token)
    location.replace(pageOf(kind, found.hall, found.place))
  }
  async function tryIt(): Promise<void> {
    try {
      await ask()
    } catch (error) {
      // The network comes back, and a house that is asked too often has time again.
      if (!(error instanceof Refusal || error instanceof Unreachable)) throw error
    }
  }
  const timer = setInterval(() => void tryIt(), ASK_AGAIN_MS)
  onUnmounted(() => clearInterval(timer))
  void tryIt()
  return code
}
