import { describe, expect, it } from 'vitest'

import { aHall } from '../shared/samples'
import { targetsOf } from './targets'

const hall = aHall()
const here = { window: '1', queue: 'tax' }
const find = (typed: string, open = ['1', '2', '3', '12']) =>
  targetsOf(hall, open, here, typed).map((target) => `${target.kind} ${target.id}`)

describe('where a ticket can be sent', () => {
  it('is found by the number of a window', () => {
    expect(find('12')).toEqual(['window 12'])
    expect(find('2')[0]).toBe('window 2')
  })

  it('is found by the letter of a queue', () => {
    expect(find('b')[0]).toBe('queue social')
  })

  it('is found by part of a name in either language', () => {
    expect(find('社会')).toContain('queue social')
    expect(find('social')).toContain('queue social')
  })

  it('is never the window the ticket is at', () => {
    expect(find('')).not.toContain('window 1')
  })

  it('is never a window that nobody has opened', () => {
    expect(find('3', ['1', '2'])).toEqual([])
  })

  it('begins with what serves the ticket and is near', () => {
    expect(find('').slice(0, 2)).toEqual(['queue tax', 'window 2'])
  })

  it('is nothing where nothing matches', () => {
    expect(find('没有')).toEqual([])
  })
})
