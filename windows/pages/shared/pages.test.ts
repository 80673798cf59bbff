import { expect, it } from 'vitest'

import { pagesOf } from './pages'

it('leads everybody to his own pages and nobody to others', () => {
  const paths = (role: string, hall = 'city') =>
    pagesOf({ role, hall } as Parameters<typeof pagesOf>[0]).map((one) => one.path)

  expect(paths('manager')).toEqual(['/manager/city', '/devices/city', '/account'])
  expect(paths('auditor', '')).toEqual(['/audit', '/account'])
  expect(paths('clerk')).toEqual([])
})
