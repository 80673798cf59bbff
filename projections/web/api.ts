/**
 * Requests to the server: one error shape, and commands that are safe to repeat.
 *
 * Every command carries a key made here; a press whose answer was lost is sent again
 * under the same key, so it happens once.
 */

/** The server understood and refused. `code` is stable; the page words it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Record<string, unknown>,
  ) {
    super(message)
  }
}

/** No answer came, after all attempts. Whether it happened is not known. */
export class Unreachable extends Error {}

export interface ApiOptions {
  /** The token of a device, a session or a ticket; empty for none. */
  bearer?: () => string
  /** The token that belongs to a staff cookie; empty for none. */
  csrf?: () => string
  attempts?: number
  timeout?: number
  fetch?: typeof fetch
  wait?: (milliseconds: number) => Promise<void>
  random?: () => number
}

export interface Api {
  get<Answer>(path: string): Promise<Answer>
  /** Send a command. Pass the key of the user's one intention to repeat it safely. */
  post<Answer>(path: string, body?: object, key?: string): Promise<Answer>
  delete<Answer>(path: string): Promise<Answer>
}

const FIRST_WAIT = 300

/** Make a fresh idempotency key: 32 hexadecimal digits. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function makeApi(options: ApiOptions = {}): Api {
  return {
    get: (path) => request(options, 'GET', path),
    post: (path, body = {}, key = newKey()) =>
      request(options, 'POST', path, body, key),
    delete: (path) => request(options, 'DELETE', path),
  }
}

async function request<Answer>(
  options: ApiOptions,
  method: string,
  path: string,
  body?: object,
  key?: string,
): Promise<Answer> {
  const { attempts = 4, wait = pause, random = Math.random } = options
  for (let attempt = 1; ; attempt++) {
    try {
      return await once<Answer>(options, method, path, body, key)
    } catch (error) {
      if (attempt >= attempts || !mayPass(error)) throw error
    }
    await wait(FIRST_WAIT * 2 ** attempt * (0.5 + random() / 2))
  }
}

/** A lost answer and an overloaded house pass; every other refusal stays. */
function mayPass(error: unknown): boolean {
  return (
    error instanceof Unreachable || (error instanceof Refusal && error.status === 503)
  )
}

async function once<Answer>(
  options: ApiOptions,
  method: string,
  path: string,
  body?: object,
  key?: string,
): Promise<Answer> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), options.timeout ?? 10_000)
  const send = options.fetch ?? fetch
  try {
    const response = await send(path, {
      method,
      headers: headersOf(options, body, key),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: abort.signal,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return await answerOf<Answer>(response)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Unreachable(`no answer from ${path}`)
  } finally {
    clearTimeout(timer)
  }
}

function headersOf(
  options: ApiOptions,
  body?: object,
  key?: string,
): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  const bearer = options.bearer?.()
  const csrf = options.csrf?.()
  if (body) headers['Content-Type'] = 'application/json'
  if (key) headers['Idempotency-Key'] = key
  if (bearer) headers['Authorization'] = `Bearer ${bearer}`
  if (csrf) headers['X-CSRF-Token'] = csrf
  return headers
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  if (response.status === 204) return undefined as unknown as Answer
  // A proxy in between answers in HTML; that is no answer of the hall.
  const answer = (await response.json()) as { error?: ErrorShape }
  if (response.ok) return answer as Answer
  const { code = 'unknown', message = '', details = {} } = answer.error ?? {}
  throw new Refusal(response.status, code, message, details ?? {})
}

interface ErrorShape {
  code?: string
  message?: string
  details?: Record<string, unknown>
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
