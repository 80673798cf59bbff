import { describe, expect, it } from 'vitest'

import { keyOf, numberKey, takesText, type KeyPress } from './keys'

const press = (key: string, code: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  repeat: false,
  ...more,
})

describe('a key of the console', () => {
  it('is the same while a Chinese input method is on', () => {
    expect(keyOf(press('Process', 'KeyR'))).toBe('R')
    expect(keyOf(press('r', 'KeyR'))).toBe('R')
  })

  it('may be pressed on the number pad', () => {
    expect(keyOf(press('3', 'Numpad3'))).toBe('3')
    expect(keyOf(press('Enter', 'NumpadEnter'))).toBe('Enter')
  })

  it('asks for the shortcuts in both widths', () => {
    expect(keyOf(press('?', 'Slash', { shiftKey: true }))).toBe('?')
    expect(keyOf(press('？', 'Slash', { shiftKey: true }))).toBe('?')
  })

  it('leaves the browser its own shortcuts', () => {
    expect(keyOf(press('r', 'KeyR', { ctrlKey: true }))).toBe('')
    expect(keyOf(press('s', 'KeyS', { metaKey: true }))).toBe('')
  })

  it('counts once however long it is held down, except to move in a list', () => {
    expect(keyOf(press(' ', 'Space', { repeat: true }))).toBe('')
    expect(keyOf(press('ArrowDown', 'ArrowDown', { repeat: true }))).toBe('ArrowDown')
  })

  it('is nothing where the key means nothing', () => {
    expect(keyOf(press('!', 'Digit1', { shiftKey: true }))).toBe('')
    expect(keyOf(press('F5', 'F5'))).toBe('')
  })

  it('works on keyboards that name no place', () => {
    expect(keyOf(press('m', ''))).toBe('M')
    expect(keyOf(press(' ', ''))).toBe('Space')
    expect(keyOf(press('Escape', ''))).toBe('Escape')
  })
})

describe('letters', () => {
  it('are text where text is written, and keys elsewhere', () => {
    expect(takesText({ tagName: 'INPUT', type: 'search' })).toBe(true)
    expect(takesText({ tagName: 'TEXTAREA' })).toBe(true)
    expect(takesText({ tagName: 'INPUT', type: 'checkbox' })).toBe(false)
    expect(takesText({ tagName: 'BUTTON' })).toBe(false)
    expect(takesText(null)).toBe(false)
  })
})

describe('number keys', () => {
  it('reach the first nine choices', () => {
    expect([0, 8, 9].map(numberKey)).toEqual(['1', '9', ''])
  })
})
