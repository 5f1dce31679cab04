import { useState } from 'react'
import type { Field } from '../../recipe/field'
import type { FieldName, Recipe } from '../../recipe/recipe'
import { usePlayground } from '../playground-context'

export interface Entry {
  value: Recipe[FieldName]
  /** What is being typed, until it counts. */
  draft: string | undefined
  setDraft: (draft: string | undefined) => void
  /** Why the last value could not be taken; gone once the field has another value. */
  refusal: string | undefined
  settle: (next: unknown) => void
  reset: () => void
}

/** A field of the form as a person fills it in: what it holds, what is being typed, and why that was refused. */
export function useEntry(name: FieldName, field: Field): Entry {
  const value = usePlayground((state) => state.form[name])
  const setField = usePlayground((state) => state.setField)
  const resetField = usePlayground((state) => state.resetField)
  const [draft, setDraft] = useState<string>()
  const [refused, setRefused] = useState<{ sentence: string; at: typeof value }>()
  if (refused && refused.at !== value) setRefused(undefined)

  function settle(next: unknown) {
    setDraft(undefined)
    const sentence = setField(name, next)
    // A person knows the field by its label, the recipe by its name.
    setRefused(sentence === undefined ? undefined : { sentence: sentence.replace(name, field.label), at: value })
  }
  function reset() {
    setDraft(undefined)
    setRefused(undefined)
    resetField(name)
  }
  return { value, draft, setDraft, refusal: refused?.sentence, settle, reset }
}
