import { describe, expect, it } from 'vitest'

import { localAddress, openCardReader, type Socket } from './card'

const NUMBER = '11010119900307123X'

/** A reader that notes what it is asked and says what a test tells it. */
function readerAt(address = 'ws://127.0.0.1:8610') {
  const asked: string[] = []
  const again: (() => void)[] = []
  const sockets: Socket[] = []
  const connect = () => {
    const socket: Socket = {
      send: (text) => asked.push((JSON.parse(text) as { type: string }).type),
      close: () => {},
      onopen: null,
      onclose: null,
      onmessage: null,
    }
    sockets.push(socket)
    return socket
  }
  const card = openCardReader(address, connect, (next) => again.push(next))
  const says = (told: unknown) =>
    sockets[sockets.length - 1]!.onmessage!({
      data: typeof told === 'string' ? told : JSON.stringify(told),
    })
  const opens = () => sockets[sockets.length - 1]!.onopen!()
  const ends = () => sockets[sockets.length - 1]!.onclose!()
  return { card, asked, again, sockets, says, opens, ends }
}

describe('the card reader', () => {
  it('is only ever on this machine', () => {
    expect(localAddress('ws://127.0.0.1:8610')).toBe('ws://127.0.0.1:8610')
    expect(localAddress('ws://localhost:8610/reader')).toBe(
      'ws://localhost:8610/reader',
    )
    expect(localAddress('ws://10.0.0.9:8610')).toBe('')
    expect(localAddress('ws://127.0.0.1.example.org')).toBe('')
    expect(localAddress('http://127.0.0.1:8610')).toBe('')
    expect(readerAt('').sockets).toEqual([])
  })

  it('reads while it is asked to, and its number goes to whoever asks for it', () => {
    const { card, asked, says, opens } = readerAt()
    opens()
    says({ type: 'card', number: NUMBER })
    expect([card.state.value, card.subject()]).toEqual(['absent', ''])

    card.ask()
    expect(card.state.value).toBe('asking')
    says({ type: 'card', number: NUMBER })

    expect([card.state.value, card.subject()]).toEqual(['read', NUMBER])
    expect(asked).toEqual(['read'])
  })

  it('forgets the card when the citizen leaves', () => {
    const { card, asked, says, opens } = readerAt()
    opens()
    card.ask()
    says({ type: 'card', number: NUMBER })

    card.forget()

    expect([card.state.value, card.subject()]).toEqual(['absent', ''])
    expect(asked).toEqual(['read', 'stop'])
    says({ type: 'card', number: NUMBER })
    expect(card.subject()).toBe('')
  })

  it('says that a card could not be read, and takes no nonsense for a number', () => {
    const { card, says, opens } = readerAt()
    opens()
    card.ask()

    says({ type: 'fault', reason: 'not a card' })
    expect(card.state.value).toBe('fault')
    card.ask()
    says({ type: 'card', number: '<script>' })
    expect([card.state.value, card.subject()]).toEqual(['fault', ''])
    card.ask()
    says('{')
    says({ type: 'hello' })
    expect(card.state.value).toBe('asking')
  })

  it('is looked for again when it is away, and goes on waiting for a card', () => {
    const { card, asked, again, sockets, opens, ends } = readerAt()
    card.ask()
    expect(card.state.value).toBe('absent')
    ends()
    again.pop()!()
    opens()

    expect(sockets).toHaveLength(2)
    expect([card.state.value, asked]).toEqual(['asking', ['read']])

    ends()
    expect(card.state.value).toBe('absent')
  })
})
