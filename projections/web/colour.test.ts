import { describe, expect, it } from 'vitest'

import { accentShades, colourOf, contrast, hexOf, type Colour } from './colour'

const LIGHT: Colour = [255, 255, 255]
const DARK: Colour = [13, 19, 32]

describe('the accent', () => {
  it('is read from the profile, and a word that is none is the usual one', () => {
    expect(colourOf('#0B5CAD')).toEqual([11, 92, 173])
    expect(colourOf('#abc')).toEqual([170, 187, 204])
    expect(hexOf(colourOf('nonsense'))).toBe('#0b5cad')
    expect(colourOf(undefined)).toEqual(colourOf('#0b5cad'))
  })

  it('knows the contrast of WCAG', () => {
    expect(contrast(LIGHT, [0, 0, 0])).toBe(21)
    expect(contrast(LIGHT, LIGHT)).toBe(1)
  })

  it.each(['#0B5CAD', '#B3261E', '#FFD400', '#101010', '#F4F4F4', '#00A651'])(
    'stays readable on both grounds, whatever a hall chooses: %s',
    (accent) => {
      for (const ground of [LIGHT, DARK]) {
        const shades = accentShades(colourOf(accent), ground)
        const of = (name: string) => colourOf(shades[name])

        expect(contrast(of('--accent-ink'), ground)).toBeGreaterThanOrEqual(4.5)
        expect(contrast(of('--accent-on'), of('--accent'))).toBeGreaterThanOrEqual(4.5)
      }
    },
  )
})
