import { describe, expect, it } from 'vitest'

import { arrange, widthOf } from './zones'

describe('the strip of zones', () => {
  it('measures Chinese and Latin letters', () => {
    expect(widthOf('社会事务')).toBe(4)
    expect(widthOf('Tax')).toBeCloseTo(1.68)
  })

  it('shows the ten zones of a city hall at once, on either panel', () => {
    const names = ['社会事务', '公安交警', '工程建设', '公共服务', '人社医保']
    names.push('商事登记', '办税服务', '24小时自助', '不动产', '婚姻登记')

    expect(arrange(names, false)).toEqual({ columns: 5, rows: 2 })
    expect(arrange(names, true)).toEqual({ columns: 3, rows: 4 })
  })

  it('takes one row for few zones, and turns pages for long names', () => {
    expect(arrange(['综合', '公安'], false)).toEqual({ columns: 2, rows: 1 })

    const long = new Array<string>(10).fill('社会事务与综合业务办理服务专区')
    const { columns, rows } = arrange(long, false)
    expect([columns, rows]).toEqual([3, 2])
    expect(arrange([], false)).toEqual({ columns: 1, rows: 1 })
  })
})
