/** Checking a number against the hall's record: asked for, and reckoned here. */

import { ref, shallowRef, type Ref } from 'vue'

import { Refusal, Unreachable, type Api } from '@web/api'
import type { Beginning, Finding, SeenHead, TicketProof } from '@web/proof/check'
import { lasting, type Store } from '@web/store'

export interface Proof {
  state: Ref<'idle' | 'busy' | 'found' | 'none' | 'failed'>
  finding: Ref<Finding | null>
  /** Whether the record as this phone saw it before is the beginning of what it is. */
  kept: Ref<'new' | 'same' | 'changed'>
  /** The days were signed with another key when this phone looked before. */
  keyChanged: Ref<boolean>
  check(): Promise<void>
}

export function proofFor(id: string, api: Api, store: Store = lasting): Proof {
  const state: Proof['state'] = ref('idle')
  const finding: Proof['finding'] = shallowRef(null)
  const kept: Proof['kept'] = ref('new')
  const keyChanged = ref(false)

  async function check(): Promise<void> {
    state.value = 'busy'
    try {
      // What reckons is fetched only by those who want to know.
      const reckoning = await import('@web/proof/check').catch(() => {
        throw new Unreachable()
      })
      const path = `/api/tickets/${encodeURIComponent(id)}/proof`
      const proof = await api.get<TicketProof>(path)
      const found = await reckoning.checkTicket(id, proof)
      if (found.outcome !== 'wrong') {
        kept.value = await heldAgainst(proof, reckoning.checkBeginning)
        keyChanged.value = !isKnownKey(proof.hall, found.key)
      }
      finding.value = found
      state.value = 'found'
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Unreachable)) throw error
      state.value = error instanceof Refusal && error.status === 404 ? 'none' : 'failed'
    }
  }

  /** Hold the record against what was seen when the number was checked first. */
  async function heldAgainst(
    proof: TicketProof,
    checkBeginning: (seen: SeenHead, told: Beginning) => Promise<boolean>,
  ): Promise<'new' | 'same' | 'changed'> {
    const name = `yihao.proof.${id}`
    const seen = seenIn(store.read(name))
    if (seen?.date !== proof.date) {
      const { date, size, root } = proof
      store.write(name, JSON.stringify({ date, size, root }))
      return 'new'
    }
    if (seen.size > proof.size) return 'changed'
    const query = `date=${proof.date}&size=${seen.size}`
    const hall = encodeURIComponent(proof.hall)
    const told = await api.get<Beginning>(`/api/halls/${hall}/proof/beginning?${query}`)
    return (await checkBeginning(seen, told)) ? 'same' : 'changed'
  }

  function isKnownKey(hall: string, key: string): boolean {
    if (!key) return true
    const name = `yihao.key.${hall}`
    const known = store.read(name)
    if (known === null) store.write(name, key)
    return known === null || known === key
  }

  return { state, finding, kept, keyChanged, check }
}

function seenIn(text: string | null): SeenHead | null {
  try {
    return text ? (JSON.parse(text) as SeenHead) : null
  } catch {
    return null
  }
}
