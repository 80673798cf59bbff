/** Who sits at this screen: the session of a member of staff. */

import { shallowRef, type Ref } from 'vue'

import type { SessionAnswer } from '@web/answers'
import { Refusal, makeApi, type Api, type ApiOptions } from '@web/api'

export interface StaffSession {
  who: Readonly<Ref<SessionAnswer | null>>
  api: Api
  /** Requests that are tried once, for callers that show each attempt. */
  once: Api
  /** Read the session; go to sign in when there is none. Raises what is no 401. */
  resume(): Promise<void>
  signOut(): Promise<void>
  /** Go to the sign-in page and come back here afterwards. */
  toSignIn(): void
}

export interface StaffWorld {
  location: Pick<Location, 'pathname' | 'search' | 'assign'>
  options?: ApiOptions
}

/** One press is waited for this long before it is sent again. */
const PRESS_TIMEOUT = 6_000

export function staffSession(world: StaffWorld = { location }): StaffSession {
  const who = shallowRef<SessionAnswer | null>(null)
  const csrf = () => who.value?.csrf ?? ''
  const api = makeApi({ ...world.options, csrf })
  const once = makeApi({
    ...world.options,
    fetch: outlivingPage(world.options?.fetch),
    csrf,
    attempts: 1,
    timeout: PRESS_TIMEOUT,
  })

  function toSignIn(): void {
    world.location.assign(signInPath(world.location))
  }

  return {
    who,
    api,
    once,
    toSignIn,
    async resume() {
      try {
        who.value = await api.get<SessionAnswer>('/api/session')
      } catch (error) {
        if (!(error instanceof Refusal && error.status === 401)) throw error
        toSignIn()
      }
    },
    async signOut() {
      try {
        await api.delete('/api/session')
      } catch (error) {
        if (!(error instanceof Refusal && error.status === 401)) throw error
      }
      world.location.assign('/sign-in')
    },
  }
}

/** A command that is sent as the page closes still reaches the house. */
function outlivingPage(send: typeof fetch = (path, init) => fetch(path, init)) {
  return ((path, init) => send(path, { ...init, keepalive: true })) as typeof fetch
}

/** Return the sign-in address that leads back to where the page is now. */
export function signInPath(here: Pick<Location, 'pathname' | 'search'>): string {
  return `/sign-in?next=${encodeURIComponent(here.pathname + here.search)}`
}

/**
 * Return the path to go to after signing in: the one asked for if it is a path of
 * this site, else the page of the role. Nothing can lead to another site.
 */
export function pathAfterSignIn(
  asked: string | null,
  who: Pick<SessionAnswer, 'role' | 'hall'>,
): string {
  if (asked && isOwnPath(asked)) return asked
  const hall = encodeURIComponent(who.hall)
  switch (who.role as string) {
    case 'clerk':
      return `/console/${hall}`
    case 'help-desk':
      return `/help-desk/${hall}`
    case 'manager':
    case 'inspector':
      return `/manager/${hall}`
    case 'auditor':
      return '/audit'
    default:
      return '/'
  }
}

const ELSEWHERE = 'http://elsewhere.invalid'

function isOwnPath(path: string): boolean {
  // Browsers read "\" as "/" and skip control characters, so "/\\x" leaves the site.
  if (!/^\/(?![/\\])[^\\\u0000-\u0020]*$/.test(path)) return false
  return new URL(path, ELSEWHERE).origin === ELSEWHERE
}
