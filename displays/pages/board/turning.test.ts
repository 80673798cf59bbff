import { describe, expect, it } from 'vitest'

import type { BoardCall } from '@web/topics/board'

import { callsOfShare, inOrder, rowsBeside, shareOf, turnsOf } from './turning'

function calls(count: number, here = 0): BoardCall[] {
  return Array.from({ length: count }, (_, place) => ({
    call: place + 1,
    number: `A${place + 1}`,
    window: '1',
    calledAt: place,
    announcements: 1,
    here: place < here,
    ticketClass: 'ordinary' as const,
  }))
}

const ids = (rows: BoardCall[]) => rows.map((row) => row.call)

describe('the pages of the board', () => {
  it('are shorter under a notice, and on a tall panel under a long one', () => {
    const long = 'If your matter is urgent, please ask at window 75 first. '.repeat(2)

    expect([rowsBeside(false, []), rowsBeside(true, [])]).toEqual([7, 6])
    expect([rowsBeside(false, ['停电']), rowsBeside(true, ['停电'])]).toEqual([6, 4])
    expect([rowsBeside(false, [long]), rowsBeside(true, ['停电', long])]).toEqual([
      6, 3,
    ])
  })

  it('show the newest first, and who is on his way before who is at a window', () => {
    expect(ids(inOrder(calls(4, 2)))).toEqual([4, 3, 2, 1])
    expect(ids(inOrder([...calls(2, 2), { ...calls(1)[0]!, call: 0 }]))).toEqual([
      0, 2, 1,
    ])
  })

  it.each([0, 1, 8, 9, 30, 125])('leave none of %i calls out', (count) => {
    const all = calls(count, Math.floor(count / 2))
    const large = inOrder(all)[0] ?? null

    const { pages, order } = turnsOf(all, large, 7)

    const shown = ids(pages.reduce((row, page) => [...row, ...page], []))
    expect(shown.length).toBe(Math.max(0, count - 1))
    expect(new Set([...shown, large?.call]).size).toBe(Math.max(1, count))
    expect(pages.every((page) => page.length <= 7)).toBe(true)
    expect(new Set(order).size).toBe(pages.length)
  })

  it('bring back people on their way between any two other pages', () => {
    const { pages, order } = turnsOf(calls(30, 24), null, 7)

    const first = pages.findIndex((page) => page.some((call) => !call.here))
    const gaps = order.filter(
      (page, place) => page !== first && order[place + 1] !== first,
    )
    expect(first).toBe(0)
    expect(gaps).toEqual([4])
    expect(order.slice(0, 4)).toEqual([0, 1, 0, 2])
  })

  it('are shared by several boards, each call on one of them', () => {
    const all = calls(20)
    const shares = [1, 2].map((page) => ids(callsOfShare(all, { page, of: 2 }, 7)))

    expect(shares[0]!.slice(0, 8)).toEqual([20, 19, 18, 17, 16, 15, 14, 13])
    expect(shares[1]).toEqual([12, 11, 10, 9, 8, 7, 6, 5])
    expect([...shares[0]!, ...shares[1]!].sort((a, b) => a - b)).toEqual(
      all.map((call) => call.call),
    )
  })

  it('read which share a board has', () => {
    expect(shareOf('2/3')).toEqual({ page: 2, of: 3 })
    expect(shareOf('')).toEqual({ page: 1, of: 1 })
    expect(shareOf('4/3')).toEqual({ page: 1, of: 1 })
  })
})
