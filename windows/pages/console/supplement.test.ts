import { describe, expect, it } from 'vitest'

import { anItem } from '../shared/samples'
import { emptyList, toggled, wholeList, withLine, withoutLine } from './supplement'

const list = emptyList([
  anItem('SW001', ['身份证', '户口簿']),
  anItem('SW002', ['身份证', '验资报告']),
])

describe('the list of what to bring', () => {
  it('names every material of the items once and ticks none', () => {
    expect(list.materials).toEqual(['身份证', '户口簿', '验资报告'])
    expect(wholeList(list)).toEqual([])
  })

  it('tells the ticked materials in their own order, then the free lines', () => {
    let told = withLine(list, ' 授权书原件 ')
    told = toggled(told, '验资报告')
    told = toggled(told, '身份证')

    expect(wholeList(told)).toEqual(['身份证', '验资报告', '授权书原件'])
  })

  it('unticks what was ticked by mistake', () => {
    expect(wholeList(toggled(toggled(list, '身份证'), '身份证'))).toEqual([])
  })

  it('says nothing twice', () => {
    const told = withLine(withLine(list, '照片'), '照片')

    expect(wholeList(told)).toEqual(['照片'])
    expect(wholeList(withLine(list, '户口簿'))).toEqual(['户口簿'])
    expect(withLine(list, '  ')).toBe(list)
  })

  it('takes a line away again', () => {
    expect(wholeList(withoutLine(withLine(list, '照片'), '照片'))).toEqual([])
  })
})
