export const HELP_ID = 'help'

/** Opens or closes the list of keys; who opened it by a key reads it from its top. */
export function toggleHelp(): void {
  const help = document.getElementById(HELP_ID)
  if (help?.togglePopover()) help.focus()
}
