import { describe, expect, it } from 'vitest'

import { option, placesOf } from './place'

describe('a page', () => {
  it('knows its hall and window from its path', () => {
    expect(placesOf('/sign/city/12')).toEqual(['city', '12'])
    expect(placesOf('/board/city/')).toEqual(['city'])
    expect(placesOf('/t/a%20b')).toEqual(['a b'])
  })

  it('reads its options', () => {
    expect(option('zones', '?zones=a,b&page=1/2')).toBe('a,b')
    expect(option('theme', '?zones=a')).toBe('')
  })
})
