import { useState } from 'react'

interface Props {
  /** For a screen reader, where no label around the field says enough. */
  label?: string
  minimum: number
  maximum: number
  value: number
  onChange: (value: number) => void
}

/** A whole number of at least `minimum` that can be typed; the field may be empty on the way. */
export function WholeNumber({ label, minimum, maximum, value, onChange }: Props) {
  const [draft, setDraft] = useState<string>()

  function type(text: string) {
    setDraft(text)
    const typed = Math.floor(Number(text))
    if (text.trim() !== '' && Number.isFinite(typed)) onChange(Math.max(minimum, typed))
  }

  return (
    <input
      type="number"
      min={minimum}
      max={maximum}
      aria-label={label}
      value={draft ?? value}
      onChange={({ target }) => type(target.value)}
      onBlur={() => setDraft(undefined)}
    />
  )
}
