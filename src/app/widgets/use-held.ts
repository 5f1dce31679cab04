import { useState } from 'react'

/**
 * A value as it was when `since` last changed. A screen reader says what changes under the focus and in live regions:
 * held back until the person has done something, it says what that has brought, and not every step of a run.
 */
export function useHeld<Value>(value: Value, since: unknown): Value {
  const [held, setHeld] = useState({ value, since })
  if (Object.is(held.since, since)) return held.value
  setHeld({ value, since })
  return value
}
