import { afterEach, describe, expect, it } from 'vitest'

import { chooseLanguage, labelOf, language, wordsOf, type Book } from './words'

type Lines = Record<string, string>

const lines = import.meta.glob<Lines>(
  ['/projections/web/words/*.json', '/displays/pages/*/words/*.json'],
  { eager: true, import: 'default' },
)
const chapters = Array.from(
  new Set(Object.keys(lines).map((path) => path.replace(/\/(zh|en)\.json$/, ''))),
)

function valuesIn(line: string): string[] {
  return (line.match(/\{\w+\}/g) ?? []).sort()
}

describe('the books', () => {
  it('are found', () => {
    expect(chapters.length).toBeGreaterThan(5)
  })

  it.each(chapters)('say the same in both languages: %s', (chapter) => {
    const zh = lines[`${chapter}/zh.json`]!
    const en = lines[`${chapter}/en.json`]!
    const english = Object.keys(en).filter((key) => !key.endsWith('.one'))

    expect(english.sort()).toEqual(Object.keys(zh).sort())
    for (const key of english) {
      expect(valuesIn(en[key]!), key).toEqual(valuesIn(zh[key]!))
    }
  })

  it.each(chapters)('hold no Chinese in English lines: %s', (chapter) => {
    const en = lines[`${chapter}/en.json`]!
    const other = Object.keys(en).filter(
      (key) => !key.startsWith('language.') && /[\u4e00-\u9fff]/.test(en[key]!),
    )

    expect(other).toEqual([])
  })
})

describe('words', () => {
  afterEach(() => void (language.value = 'zh'))

  const page: Book = {
    zh: { ahead: '您前面还有 {n} 人' },
    en: { ahead: '{n} people are ahead', 'ahead.one': '{n} person is ahead' },
  }
  const common: Book = { zh: { ahead: '?', back: '返回' }, en: { back: 'Back' } }
  const say = wordsOf(page, common)

  it('are filled with values, in the language spoken now', () => {
    expect(say('ahead', { n: 4 })).toBe('您前面还有 4 人')

    language.value = 'en'

    expect(say('ahead', { n: 4 })).toBe('4 people are ahead')
    expect(say('ahead', { n: 1 })).toBe('1 person is ahead')
  })

  it('come from the first book that knows them, and are never empty', () => {
    expect(say('back')).toBe('返回')
    expect(say('unheard of')).toBe('unheard of')
  })

  it('fall back to the Chinese label of a hall that has no English one', () => {
    language.value = 'en'

    expect(labelOf({ zh: '社会事务', en: null })).toBe('社会事务')
    expect(labelOf({ zh: '社会事务', en: 'Social affairs' })).toBe('Social affairs')
  })
})

describe('the language', () => {
  it('is asked for, remembered, or that of the browser', () => {
    expect(chooseLanguage('?lang=en', 'zh', 'zh-CN')).toBe('en')
    expect(chooseLanguage('', 'zh', 'en-GB')).toBe('zh')
    expect(chooseLanguage('', null, 'en-GB')).toBe('en')
    expect(chooseLanguage('', null, 'fr')).toBe('zh')
  })
})
