import { describe, expect, it } from 'vitest'

import {
  foldedWidth,
  leavesOf as divided,
  widthOf,
  type Leaf,
  type ZoneCell,
} from './zones'

const CITY = ['公共服务', '24小时自助', '人社医保', '社会事务', '公安交警']
CITY.push('婚姻登记', '办税服务', '不动产', '商事登记', '工程建设')

const ENGLISH = ['Public Services', '24-Hour Self-Service']
ENGLISH.push('Employment and Medical Insurance', 'Social Affairs', 'Police and Traffic')
ENGLISH.push('Marriage Registration', 'Tax Services', 'Real Estate Registration')
ENGLISH.push('Business Registration', 'Construction Projects')

function zones(names: string[], next: string[] = []): ZoneCell[] {
  return names.map((name, place) => ({ zone: `z${place}`, name, waiting: 7, next }))
}

const leavesOf = (cells: ZoneCell[], tall: boolean) =>
  divided(cells, tall, { waiting: '人等候', next: '下一位' })
const shape = ({ told, columns, rows }: Leaf) => [told, columns, rows]
const shown = (leaves: Leaf[], told: string) =>
  new Set(
    leaves
      .filter((leaf) => leaf.told === told)
      .reduce((all, leaf) => [...all, ...leaf.cells.map((cell) => cell.zone)], [''])
      .slice(1),
  )

describe('the strip of zones', () => {
  it('measures Chinese and Latin letters', () => {
    expect(widthOf('社会事务')).toBe(4)
    expect(widthOf('Tax')).toBeCloseTo(1.56)
  })

  it('shows the ten zones of a city hall at once, on either panel', () => {
    expect(leavesOf(zones(CITY), false).map(shape)).toEqual([['waiting', 5, 2]])
    expect(leavesOf(zones(CITY), true).map(shape)).toEqual([['waiting', 3, 4]])
  })

  it('shows counts and next numbers beside each other where few zones are', () => {
    const two = zones(['社会事务', '婚姻登记'], ['A013', 'B007'])

    expect(leavesOf(two, false).map(shape)).toEqual([['both', 1, 2]])
    expect(leavesOf(two, true).map(shape)).toEqual([['both', 1, 2]])
    expect(leavesOf([], false)).toEqual([
      { told: 'both', columns: 1, rows: 1, folds: false, cells: [] },
    ])
  })

  it.each([false, true])('lets many zones take turns, on a tall panel %s', (tall) => {
    const leaves = leavesOf(zones(CITY, ['C013', 'D007', 'VE020']), tall)

    expect(leaves.map((leaf) => leaf.told === 'waiting')).toEqual(
      leaves.map((_, turn) => turn % 2 === 0),
    )
    expect(shown(leaves, 'waiting').size).toBe(10)
    expect(shown(leaves, 'next').size).toBe(10)
  })

  it('shows the counts of ten English names within half a minute', () => {
    const leaves = leavesOf(zones(ENGLISH, ['C013', 'D007']), false)

    const round = leaves.findIndex((leaf) => leaf.told === 'next') + 1
    expect(round * 6).toBeLessThanOrEqual(30)
    expect(shown(leaves.slice(0, round), 'waiting').size).toBe(10)
    expect(shown(leaves, 'next').size).toBe(10)
  })

  it('folds a name at the place that makes it narrowest', () => {
    expect(foldedWidth('社会事务')).toBe(4)
    expect(foldedWidth('24-Hour Self-Service')).toBeLessThan(7)
    expect(foldedWidth('社会事务与综合业务办理服务专区')).toBeLessThan(9)
  })

  it('names nobody next where nobody waits', () => {
    const many = [...zones(CITY, ['C013', 'D007', 'VE020']).slice(0, 9)]
    many.push({ zone: 'empty', name: '工程建设', waiting: 0, next: [] })

    const leaves = leavesOf(many, false)

    expect(shown(leaves, 'next').has('empty')).toBe(false)
    expect(shown(leaves, 'waiting').has('empty')).toBe(true)
  })

  it.each([false, true])('turns pages for the longest names, tall %s', (tall) => {
    const long = new Array<string>(10).fill('社会事务与综合业务办理服务专区')

    const leaves = leavesOf(zones(long, ['VA999', 'VB999', 'VC999']), tall)

    expect(shown(leaves, 'waiting').size).toBe(10)
    expect(shown(leaves, 'next').size).toBe(10)
  })
})
