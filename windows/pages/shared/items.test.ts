import { describe, expect, it } from 'vitest'

import type { Item } from '@web/answers'
import { Refusal } from '@web/api'

import { itemGuides } from './items'
import { anItem } from './samples'

function catalogueOf(items: Record<string, Item>) {
  const asked: string[] = []
  const item = async (code: string) => {
    asked.push(code)
    const found = items[code]
    if (!found) throw new Refusal(404, 'item-unknown', '', {})
    return found
  }
  return { asked, catalogue: { item } }
}

const settled = () => new Promise((done) => setTimeout(done, 0))

describe('item guides', () => {
  it('are fetched once, however often a screen draws them', async () => {
    const { catalogue, asked } = catalogueOf({ SW001: anItem('SW001', ['身份证']) })
    const guides = itemGuides(catalogue)

    guides.of('SW001')
    guides.of('SW001')
    await settled()

    expect(asked).toEqual(['SW001'])
    expect(guides.of('SW001')?.materials).toEqual(['身份证'])
  })

  it('show the code of an item that a changed profile has dropped', async () => {
    const { catalogue, asked } = catalogueOf({})
    const guides = itemGuides(catalogue)

    guides.nameOf('OLD1')
    await settled()

    expect(guides.nameOf('OLD1')).toBe('OLD1')
    expect(asked).toHaveLength(1)
  })

  it('are there before they are needed, or asked for when they could not be', async () => {
    const { catalogue, asked } = catalogueOf({ SW002: anItem('SW002') })
    const guides = itemGuides(catalogue)

    await guides.fill(Promise.resolve([anItem('SW001')]))
    await guides.fill(Promise.reject(new Refusal(503, 'busy', '', {})))
    guides.of('SW001')
    guides.of('SW002')

    expect(asked).toEqual(['SW002'])
  })

  it('need not ask for what came with another answer', () => {
    const { catalogue, asked } = catalogueOf({})
    const guides = itemGuides(catalogue)

    guides.keep([anItem('SW009')])

    expect(guides.nameOf('SW009')).toBe('事项SW009')
    expect(asked).toEqual([])
  })
})
