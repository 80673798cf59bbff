import { describe, expect, it } from 'vitest'

type Lines = Record<string, string>

const books = import.meta.glob<Lines>('../*/{words,help}/*.json', {
  eager: true,
  import: 'default',
})
const sources = import.meta.glob<string>(
  ['../*/*.vue', '../*/*.ts', '!../*/*.test.ts'],
  {
    eager: true,
    import: 'default',
    query: '?raw',
  },
)
const common = import.meta.glob<Lines>('../../../projections/web/words/zh.json', {
  eager: true,
  import: 'default',
})

const folders = Array.from(
  new Set(Object.keys(books).map((path) => path.replace(/\/\w+\.json$/, ''))),
)
const said = (folder: string, language: string) => books[`${folder}/${language}.json`]!
/** A line `key.one` exists where a language needs it. */
const keysOf = (lines: Lines) =>
  Object.keys(lines)
    .filter((key) => !key.endsWith('.one'))
    .sort()
/** The keys that stand in a source as they are. */
function askedIn(text: string): string[] {
  const keys: string[] = []
  const call = /\bwords\(\s*'([^']+)'/g
  for (let found = call.exec(text); found; found = call.exec(text)) keys.push(found[1]!)
  return keys
}
const holesOf = (line: string) => (line.match(/\{\w+\}/g) ?? []).sort()

describe.each(folders)('the words of %s', (folder) => {
  it('are there in both languages', () => {
    expect(keysOf(said(folder, 'en'))).toEqual(keysOf(said(folder, 'zh')))
  })

  it('take the same values in both languages', () => {
    const zh = said(folder, 'zh')
    const en = said(folder, 'en')
    const other = keysOf(zh).filter(
      (key) => holesOf(zh[key]!).join() !== holesOf(en[key]!).join(),
    )

    expect(other).toEqual([])
  })
})

describe('the words a page asks for', () => {
  const pages = ['console', 'help-desk', 'manager', 'pad', 'sign-in']

  it.each(pages)('are all in the books of the %s', (page) => {
    const known = {
      ...Object.values(common)[0],
      ...said('./words', 'zh'),
      ...said(`../${page}/words`, 'zh'),
    }
    const asked = Object.entries(sources)
      .filter(([path]) => path.startsWith(`../${page}/`))
      .flatMap(([, text]) => askedIn(text))

    expect(asked.length).toBeGreaterThan(5)
    expect(asked.filter((key) => !(key in known))).toEqual([])
  })
})
