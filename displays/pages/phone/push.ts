/** Be told when this page sleeps: of the citizen's own will, until the ticket ends. */

import { ref, watch, type Ref } from 'vue'

import { Refusal, Unreachable, type Api } from '@web/api'
import type { TicketView } from '@web/topics/ticket'

const WORKER = '/push-worker.js'

/** What a browser that can be written to has; many have not. */
export interface PushBrowser {
  permission(): NotificationPermission
  ask(): Promise<NotificationPermission>
  /** Return the subscription that there is, or null. */
  current(): Promise<PushSubscription | null>
  subscribe(key: string): Promise<PushSubscription>
}

export type PushState = 'impossible' | 'off' | 'on' | 'busy' | 'refused' | 'failed'

export interface Push {
  /** Nothing is offered where it is `impossible`. */
  state: Ref<PushState>
  toggle(): Promise<void>
}

/**
 * Return this browser if it can be written to. Browsers allow it on https (and on the
 * machine itself) only; anywhere else they hide it, and so do we.
 */
export function thisBrowser(): PushBrowser | null {
  const able =
    window.isSecureContext &&
    'serviceWorker' in navigator &&
    'PushManager' in window &&
    'Notification' in window
  if (!able) return null
  const worker = async () => {
    await navigator.serviceWorker.register(WORKER)
    return navigator.serviceWorker.ready
  }
  return {
    permission: () => Notification.permission,
    ask: () => Notification.requestPermission(),
    async current() {
      const known = await navigator.serviceWorker.getRegistration(WORKER)
      return known ? known.pushManager.getSubscription() : null
    },
    async subscribe(key) {
      const { pushManager } = await worker()
      return pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: bytesOf(key),
      })
    },
  }
}

/** Offer to be told about a ticket; `view` says when it has ended. */
export function pushFor(
  ticket: string,
  api: Api,
  view: Ref<TicketView | null>,
  kept: { read(key: string): string | null; write(key: string, value: string): void },
  browser: PushBrowser | null = thisBrowser(),
): Push {
  const state = ref<PushState>('impossible')
  const path = `/api/tickets/${encodeURIComponent(ticket)}/push`
  const mark = `yihao.push.${ticket}`
  let key = ''

  async function open(): Promise<void> {
    if (!browser) return
    key = (await api.get<{ key: string | null }>('/api/push')).key ?? ''
    if (key === '') return
    state.value = browser.permission() === 'denied' ? 'refused' : 'off'
    // The house forgets when it stops; whoever wanted it is told on.
    if (kept.read(mark) === 'yes' && browser.permission() === 'granted') await start()
  }

  async function start(): Promise<void> {
    const subscription = await browser!.subscribe(key)
    const { endpoint, keys } = subscription.toJSON()
    await api.post(path, { endpoint, p256dh: keys?.['p256dh'], auth: keys?.['auth'] })
    kept.write(mark, 'yes')
    state.value = 'on'
  }

  async function stop(): Promise<void> {
    kept.write(mark, 'no')
    await api.post(`${path}/forget`)
    await (await browser!.current())?.unsubscribe()
    state.value = 'off'
  }

  async function toggle(): Promise<void> {
    const before = state.value
    if (!browser || before === 'busy' || before === 'impossible') return
    state.value = 'busy'
    await attempted(async () => {
      if (before === 'on') return stop()
      const permission = await browser.ask()
      if (permission === 'granted') return start()
      state.value = permission === 'denied' ? 'refused' : 'off'
    })
  }

  /** What the browser's own service refuses is an Error with any name. */
  async function attempted(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) state.value = 'impossible'
      else state.value = 'failed'
    }
  }

  async function ended(): Promise<void> {
    if (!browser || kept.read(mark) !== 'yes') return
    kept.write(mark, 'no')
    // The house has forgotten the ticket already; the browser forgets now.
    await (await browser.current())?.unsubscribe()
  }

  open().catch((error: unknown) => {
    if (error instanceof Refusal || error instanceof Unreachable) return
    state.value = 'failed'
  })
  watch(
    () => view.value?.stage === 'ended',
    (over) => over && void ended(),
    { immediate: true },
  )
  return { state, toggle }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0))
}
