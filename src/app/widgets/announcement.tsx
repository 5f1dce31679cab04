import shared from './shared.module.css'
import { useHeld } from './use-held'

/** Says a text to a screen reader each time that `since` changes: what the person has just chosen. */
export function Announcement({ text, since }: { text: string; since: unknown }) {
  return <p className={shared.hidden} aria-live="polite">{useHeld(text, since)}</p>
}
