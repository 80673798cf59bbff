import { describe, expect, it } from 'vitest'

import { Refusal, Unreachable, makeApi, newKey } from './api'

interface Sent {
  path: string
  method: string
  headers: Record<string, string>
  body: unknown
}

/** A server that answers from a list, one answer for each request. */
function server(...answers: (Response | Error)[]) {
  const sent: Sent[] = []
  const fetch = async (path: unknown, init?: RequestInit) => {
    sent.push({
      path: String(path),
      method: init?.method ?? '',
      headers: init?.headers as Record<string, string>,
      body: init?.body ? JSON.parse(String(init.body)) : null,
    })
    const answer = answers.shift()
    if (!answer || answer instanceof Error) throw answer ?? new Error('no answer left')
    return answer
  }
  const options = { fetch: fetch as typeof globalThis.fetch, wait: async () => {} }
  return { sent, options }
}

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status })
const cut = () => new TypeError('network is down')

describe('requests', () => {
  it('repeat a command under the same key when its answer is lost', async () => {
    const { sent, options } = server(cut(), cut(), json(201, { number: 'A012' }))

    const answer = await makeApi(options).post('/tickets', { item: 'SW001' })

    expect(answer).toEqual({ number: 'A012' })
    expect(sent).toHaveLength(3)
    expect(new Set(sent.map((one) => one.headers['Idempotency-Key'])).size).toBe(1)
    expect(sent[2]!.body).toEqual({ item: 'SW001' })
  })

  it('give two intentions two keys', async () => {
    const { sent, options } = server(json(200, {}), json(200, {}))
    const api = makeApi(options)

    await api.post('/call-next')
    await api.post('/call-next')

    const [first, second] = sent.map((one) => one.headers['Idempotency-Key'])
    expect(first).not.toBe(second)
    expect(newKey()).toMatch(/^[0-9a-f]{32}$/)
  })

  it('tell why the server refused, and do not repeat it', async () => {
    const { sent, options } = server(
      json(409, {
        error: { code: 'window-busy', message: 'busy', details: { number: 'A001' } },
      }),
    )

    const refused = await makeApi(options)
      .post('/call-next')
      .catch((error: unknown) => error)

    expect(refused).toBeInstanceOf(Refusal)
    expect(refused).toMatchObject({
      status: 409,
      code: 'window-busy',
      details: { number: 'A001' },
    })
    expect(sent).toHaveLength(1)
  })

  it('try again while the house is overloaded', async () => {
    const overloaded = json(503, { error: { code: 'overloaded', message: '' } })
    const { sent, options } = server(overloaded, json(200, { version: 8 }))

    expect(await makeApi(options).get('/live')).toEqual({ version: 8 })
    expect(sent).toHaveLength(2)
  })

  it('give up when nobody answers, and take a proxy page for no answer', async () => {
    const proxy = new Response('<html>bad gateway</html>', { status: 502 })
    const { sent, options } = server(proxy, cut(), cut(), cut())

    const lost = makeApi(options).get('/live')

    await expect(lost).rejects.toBeInstanceOf(Unreachable)
    expect(sent).toHaveLength(4)
  })

  it('carry the token of a device and the token of a session', async () => {
    const { sent, options } = server(json(200, {}), json(200, {}))

    await makeApi({ ...options, bearer: () => 'device' }).get('/a')
    await makeApi({ ...options, csrf: () => 'c5rf' }).post('/b')

    expect(sent[0]!.headers).toMatchObject({ Authorization: 'Bearer device' })
    expect(sent[0]!.headers).not.toHaveProperty('Idempotency-Key')
    expect(sent[1]!.headers).toMatchObject({ 'X-CSRF-Token': 'c5rf' })
  })
})
