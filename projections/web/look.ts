/** The look of a page: light or dark, the hall's accent, large type, screen units. */

import { ref } from 'vue'

import { accentShades, colourOf, type Colour } from './colour'
import { option } from './place'

export type Theme = 'light' | 'dark'

const GROUNDS: Record<Theme, Colour> = {
  light: [255, 255, 255],
  dark: [13, 19, 32],
}

export const theme = ref<Theme>('light')
let accent: string | undefined

/** Wear the theme the address asks for, else what the screen prefers, else light. */
export function startLook(preferred?: Theme): void {
  const asked = option('theme')
  const wishes = preferred ?? (prefersDark() ? 'dark' : 'light')
  wear(asked === 'dark' || asked === 'light' ? asked : wishes)
}

export function wear(chosen: Theme): void {
  theme.value = chosen
  document.documentElement.dataset['theme'] = chosen
  paint()
}

/** Take over the accent that the hall's profile chose. */
export function wearAccent(chosen: string | undefined): void {
  accent = chosen
  paint()
}

/** Elder mode: larger type and more room, for everything on the page. */
export function wearLargeType(large: boolean): void {
  document.documentElement.classList.toggle('large', large)
}

/**
 * Size the page for a wall or a machine: 1rem is 16 px of a 1920 × 1080 panel (or
 * 1080 × 1920), whatever the panel's own resolution is. A page may be drawn for
 * another size.
 */
export function fitScreen(
  landscape: readonly [number, number] = [1920, 1080],
  portrait: readonly [number, number] = [1080, 1920],
): () => void {
  const fit = () => {
    const { innerWidth: width, innerHeight: height } = window
    const [wide, high] = width >= height ? landscape : portrait
    const unit = Math.min(width / wide, height / high)
    document.documentElement.style.fontSize = `${16 * unit}px`
  }
  fit()
  window.addEventListener('resize', fit)
  return () => window.removeEventListener('resize', fit)
}

function paint(): void {
  const shades = accentShades(colourOf(accent), GROUNDS[theme.value])
  const style = document.documentElement.style
  Object.keys(shades).forEach((name) => style.setProperty(name, shades[name]!))
}

function prefersDark(): boolean {
  return window.matchMedia('(prefers-color-scheme: dark)').matches
}
