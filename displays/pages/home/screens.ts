/** The screens of a hall and where they are. */

import type { Hall } from '@web/answers'

type OfStaff =
  'sign-in' | 'console' | 'help-desk' | 'manager' | 'devices' | 'audit' | 'account'

export interface Screen {
  name: 'board' | 'kiosk' | 'phone' | OfStaff
  path: string
}

/** A screen that stands once for every zone or window. */
export interface ScreenPer {
  name: 'board' | 'sign' | 'pad' | 'console'
  of: string
  path: string
}

export function publicScreens(hall: string): Screen[] {
  return [
    { name: 'board', path: `/board/${hall}` },
    { name: 'kiosk', path: `/kiosk/${hall}` },
    { name: 'phone', path: `/phone/${hall}` },
  ]
}

export function staffScreens(hall: string): Screen[] {
  return [
    { name: 'sign-in', path: '/sign-in' },
    { name: 'console', path: `/console/${hall}` },
    { name: 'help-desk', path: `/help-desk/${hall}` },
    { name: 'manager', path: `/manager/${hall}` },
    { name: 'devices', path: `/devices/${hall}` },
    { name: 'audit', path: '/audit' },
    { name: 'account', path: '/account' },
  ]
}

export function zoneBoards(hall: Hall): ScreenPer[] {
  return hall.zones.map(({ zone }) => ({
    name: 'board',
    of: zone,
    path: `/board/${hall.hall}?zones=${zone}`,
  }))
}

/** The screens at one window: its sign, its evaluation pad, its clerk's console. */
export function windowScreens(hall: string, window: string): ScreenPer[] {
  return [
    { name: 'sign', of: window, path: `/sign/${hall}/${window}` },
    { name: 'pad', of: window, path: `/pad/${hall}/${window}` },
    { name: 'console', of: window, path: `/console/${hall}?window=${window}` },
  ]
}
