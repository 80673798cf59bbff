/** Find items in the visitor's own words while they are typed. */

import { onUnmounted, ref, shallowRef, watch, type Ref } from 'vue'

import type { Item } from '@web/answers'
import { Refusal, Unreachable } from '@web/api'

import { tell } from './refusals'

export interface Searching {
  typed: Ref<string>
  /** The best first. */
  found: Readonly<Ref<Item[]>>
  /** The words that `found` answers; empty before any. */
  answeredFor: Readonly<Ref<string>>
  trouble: Readonly<Ref<string>>
  /** Which of the found is meant. */
  place: Ref<number>
  move(by: number): void
  /** Ask at once for what is typed, after the hall has changed or Enter was pressed. */
  again(): Promise<void>
}

const TYPING_MS = 120

/** Search as a part of a component; `find` asks the house. */
export function openSearching(find: (words: string) => Promise<Item[]>): Searching {
  const typed = ref('')
  const found = shallowRef<Item[]>([])
  const answeredFor = ref('')
  const trouble = ref('')
  const place = ref(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function search(text: string): Promise<void> {
    if (text === '') {
      found.value = []
      answeredFor.value = trouble.value = ''
      return
    }
    try {
      const items = await find(text)
      if (text !== typed.value.trim()) return
      if (text !== answeredFor.value) place.value = 0
      found.value = items
      answeredFor.value = text
      trouble.value = ''
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Unreachable)) throw error
      trouble.value = tell(error).wrong
    }
  }

  watch(typed, (text) => {
    clearTimeout(timer)
    timer = setTimeout(() => void search(text.trim()), TYPING_MS)
  })
  onUnmounted(() => clearTimeout(timer))

  return {
    typed,
    found,
    answeredFor,
    trouble,
    place,
    move(by) {
      const count = found.value.length
      if (count > 0) place.value = (place.value + by + count) % count
    },
    again() {
      clearTimeout(timer)
      return search(typed.value.trim())
    },
  }
}
