import { describe, expect, it } from 'vitest'

import { pathAfterSignIn, signInPath, staffSession } from './session'

const clerk = { role: 'clerk', hall: 'city' } as const
const manager = { role: 'manager', hall: 'city' } as const

describe('after signing in', () => {
  it('leads to the page that was asked for', () => {
    const asked = '/console/city?window=3'

    expect(pathAfterSignIn(asked, clerk)).toBe(asked)
  })

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    'javascript:alert(1)',
    'console/city',
    '',
  ])('never leads to another site (%j)', (asked) => {
    expect(pathAfterSignIn(asked, clerk)).toBe('/console/city')
  })

  it('leads each role to the page of its work', () => {
    const helper = { role: 'help-desk', hall: 'city' } as const
    expect(pathAfterSignIn(null, clerk)).toBe('/console/city')
    expect(pathAfterSignIn(null, helper)).toBe('/help-desk/city')
    expect(pathAfterSignIn(null, manager)).toBe('/manager/city')
    expect(pathAfterSignIn(null, { role: 'administrator', hall: '' })).toBe('/')
  })

  it('comes back to the window it left', () => {
    const here = { pathname: '/console/city', search: '?window=3' }

    const path = signInPath(here)

    const asked = new URLSearchParams(path.split('?')[1]).get('next')
    expect(asked).toBe('/console/city?window=3')
  })
})

describe('the session of a member of staff', () => {
  function world(answers: Response[]) {
    const visited: string[] = []
    const sent: Request[] = []
    return {
      visited,
      sent,
      location: {
        pathname: '/console/city',
        search: '',
        assign: (path: string | URL) => void visited.push(String(path)),
      },
      options: {
        fetch: (async (path: string, init: RequestInit) => {
          sent.push(new Request(`http://hall.test${path}`, { ...init, signal: null }))
          return answers.shift()!
        }) as typeof fetch,
      },
    }
  }

  const signedIn = () =>
    Response.json({ account: 'a', name: '甲', role: 'clerk', hall: 'city', csrf: 'x1' })

  it('sends its token with every command', async () => {
    const outside = world([signedIn(), Response.json({ version: 1 })])
    const session = staffSession(outside)

    await session.resume()
    await session.once.post('/api/halls/city/windows/3/call-next', {}, 'key-1')

    const command = outside.sent[1]!
    expect(command.headers.get('X-CSRF-Token')).toBe('x1')
    expect(command.headers.get('Idempotency-Key')).toBe('key-1')
  })

  it('goes to sign in when nobody is signed in', async () => {
    const refused = Response.json({ error: { code: 'not-signed-in' } }, { status: 401 })
    const outside = world([refused])

    await staffSession(outside).resume()

    expect(outside.visited).toEqual(['/sign-in?next=%2Fconsole%2Fcity'])
  })

  it('leaves for the sign-in page after signing out', async () => {
    const outside = world([signedIn(), new Response(null, { status: 204 })])
    const session = staffSession(outside)
    await session.resume()

    await session.signOut()

    expect(outside.sent[1]!.method).toBe('DELETE')
    expect(outside.visited).toEqual(['/sign-in'])
  })
})
