import { describe, expect, it } from 'vitest'

import { Refusal, type Api } from '@web/api'

import { itemGuides } from './items'
import { anItem } from './samples'

function apiWith(items: Record<string, unknown>): { api: Api; asked: string[] } {
  const asked: string[] = []
  const get = async (path: string) => {
    asked.push(path)
    const item = items[path.split('/').pop()!]
    if (!item) throw new Refusal(404, 'item-unknown', '', {})
    return item
  }
  return { asked, api: { get } as unknown as Api }
}

const settled = () => new Promise((done) => setTimeout(done, 0))

describe('item guides', () => {
  it('are fetched once, however often a screen draws them', async () => {
    const { api, asked } = apiWith({ SW001: anItem('SW001', ['身份证']) })
    const guides = itemGuides(api, 'city')

    guides.of('SW001')
    guides.of('SW001')
    await settled()

    expect(asked).toEqual(['/api/halls/city/items/SW001'])
    expect(guides.of('SW001')?.materials).toEqual(['身份证'])
  })

  it('show the code of an item that a changed profile has dropped', async () => {
    const { api, asked } = apiWith({})
    const guides = itemGuides(api, 'city')

    guides.nameOf('OLD1')
    await settled()

    expect(guides.nameOf('OLD1')).toBe('OLD1')
    expect(asked).toHaveLength(1)
  })

  it('need not ask for what came with another answer', () => {
    const { api, asked } = apiWith({})
    const guides = itemGuides(api, 'city')

    guides.keep([anItem('SW009')])

    expect(guides.nameOf('SW009')).toBe('事项SW009')
    expect(asked).toEqual([])
  })
})
