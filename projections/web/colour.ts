/** Shades of the hall's one accent that stay readable on both grounds. */

export type Colour = readonly [red: number, green: number, blue: number]

/** The accent of a page whose hall is not known yet. */
const USUAL = '#0b5cad'
const WHITE: Colour = [255, 255, 255]
const BLACK: Colour = [0, 0, 0]

/** WCAG 2.2 AA for text of ordinary size. */
const READABLE = 4.5

/** Read `#rgb` or `#rrggbb`; anything else is the usual accent. */
export function colourOf(text: string | undefined): Colour {
  const hex = text ?? USUAL
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(hex)
  if (short) return [1, 2, 3].map((n) => parseInt(short[n]! + short[n]!, 16)) as never
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(hex)
  if (long) return [1, 2, 3].map((n) => parseInt(long[n]!, 16)) as never
  return colourOf(USUAL)
}

export function hexOf(colour: Colour): string {
  return '#' + colour.map((part) => part.toString(16).padStart(2, '0')).join('')
}

export function mixed(colour: Colour, other: Colour, share: number): Colour {
  const [red, green, blue] = colour
  const blend = (a: number, b: number) => Math.round(a + (b - a) * share)
  return [blend(red, other[0]), blend(green, other[1]), blend(blue, other[2])]
}

function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Return the WCAG contrast of two colours, from 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high! + 0.05) / (low! + 0.05)
}

/** Move a colour towards another in small steps until it can be read on the ground. */
export function readableOn(ground: Colour, colour: Colour, towards: Colour): Colour {
  for (let share = 0; share < 1; share += 0.05) {
    const shade = mixed(colour, towards, share)
    if (contrast(shade, ground) >= READABLE) return shade
  }
  return towards
}

/** The accent as the custom properties of theme.css. */
export function accentShades(accent: Colour, ground: Colour): Record<string, string> {
  const dark = luminance(ground) < 0.2
  const ink = readableOn(ground, accent, dark ? WHITE : BLACK)
  const fill = dark ? mixed(accent, WHITE, 0.08) : accent
  const onFill = contrast(WHITE, fill) >= contrast(BLACK, fill) ? WHITE : BLACK
  return {
    '--accent': hexOf(fill),
    '--accent-ink': hexOf(ink),
    '--accent-on': hexOf(onFill),
    '--accent-soft': hexOf(mixed(ground, accent, dark ? 0.28 : 0.08)),
    '--accent-line': hexOf(mixed(ground, accent, dark ? 0.6 : 0.35)),
    '--accent-press': hexOf(mixed(fill, BLACK, 0.14)),
  }
}
