import { describe, expect, it } from 'vitest'

import { columnsOf } from './layout'

const MEASURES = { tile: 49, gap: 5, edge: 24, least: 3 }

describe('the windows of a row of zones', () => {
  it('stand in one line where there is room', () => {
    expect(columnsOf([6, 10], 1_330, MEASURES)).toEqual([6, 10])
  })

  it('stand in as few lines as fit, the same in every zone', () => {
    expect(columnsOf([20, 6, 15], 1_330, MEASURES)).toEqual([10, 3, 8])
    expect(columnsOf([20, 6, 15], 900, MEASURES)).toEqual([7, 3, 5])
  })

  it('leave room for the name of a small zone', () => {
    expect(columnsOf([1, 2], 1_330, MEASURES)).toEqual([3, 3])
  })

  it('stand in four lines at most; the row is divided then', () => {
    expect(columnsOf([40, 40, 40], 300, MEASURES)).toEqual([10, 10, 10])
  })
})
