import { beforeEach, describe, expect, it } from 'vitest'

import type { IssuedTicket } from '@web/answers'
import { Refusal } from '@web/api'
import { language } from '@web/words'

import type { TicketList, TicketRow } from '../shared/answers'
import { aHall, anItem } from '../shared/samples'
import { findTickets, onlyOne } from './finding'
import { refusedHere } from './refusing'
import { tellingOf } from './telling'
import { freshWish } from './wish'

beforeEach(() => void (language.value = 'zh'))

describe('a new number', () => {
  const ticket = {
    number: 'VA012',
    class: 'green',
    zone: 'tax',
    windows: ['001', '2'],
    people_ahead: 1,
    closing_soon: true,
    issued_at: Date.parse('2026-11-20T01:30:00Z'),
  } as IssuedTicket
  const wish = { ...freshWish(), items: [{ ...anItem('A1'), name_en: 'Deed tax' }] }

  it('is told in the language of the citizen, whatever the desk reads', () => {
    const zh = tellingOf({ ticket, wish }, aHall(), 'zh')
    const en = tellingOf({ ticket, wish }, aHall(), 'en')

    expect(zh).toMatchObject({
      number: 'VA012',
      ticketClass: '绿色通道',
      zone: '办税服务',
      windows: '1、2 号窗口',
      taken: '09:30',
    })
    expect(en.items).toEqual(['Deed tax'])
    expect(en.ahead).toBe('1 person ahead')
    expect(en.windows).toBe('Windows 1, 2')
    expect(en.closing).not.toBe('')
  })

  it('says nothing of who somebody is', () => {
    const known = { ...wish, subject: '110101199001011237' }

    expect(
      JSON.stringify(tellingOf({ ticket, wish: known }, aHall(), 'zh')),
    ).not.toMatch(/1101011990/)
  })

  it('names few of many windows, and how many there are', () => {
    const windows = Array.from({ length: 30 }, (_, n) => String(n + 1))
    const told = tellingOf({ ticket: { ...ticket, windows }, wish }, aHall(), 'zh')

    expect(told.windows).toBe('1、2、3、4、5、6、7、8 等 30 个窗口')
  })
})

describe('a refusal at the help desk', () => {
  it('sends nobody to the help desk, and says what helps', () => {
    const why = { item: 'A1', help_desk: '导办台' }
    const told = refusedHere(new Refusal(409, 'no-window-serves', '', why))

    expect(told.wrong + told.help).not.toContain('导办台')
    expect(told.help).toContain('管理员')
    expect(told.ticket).toBeNull()
  })

  it('leads to the number that somebody has already', () => {
    const details = { item: 'A1', ticket: 't1', number: 'A007' }
    const told = refusedHere(new Refusal(409, 'live-ticket-exists', '', details))

    expect(told.wrong).toContain('A007')
    expect(told.ticket).toEqual({ ticket: 't1', number: 'A007' })
  })
})

describe('finding a number', () => {
  const row = (number: string) => ({ ticket: `of ${number}`, number }) as TicketRow
  function house(...numbers: string[]) {
    const asked: string[] = []
    const get = async (path: string) => {
      asked.push(path)
      return { tickets: numbers.map(row), count: numbers.length } as TicketList
    }
    return { asked, api: { get: get as <Answer>(path: string) => Promise<Answer> } }
  }

  it('asks for a part, and means the very number where there is one', async () => {
    const { asked, api } = house('A012', 'VA012')
    const found = await findTickets(api, 'city', ' a012 ')

    expect(asked[0]).toContain('/api/halls/city/tickets?part=A012')
    expect(onlyOne(found)?.number).toBe('A012')
  })

  it('lists what a part of a number may mean', async () => {
    const found = await findTickets(house('A012', 'B120').api, 'city', '12')

    expect(found.count).toBe(2)
    expect(onlyOne(found)).toBeNull()
  })
})
