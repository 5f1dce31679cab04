export const HELP_ID = 'help'

/** Opens the list of keys, to be read from its top; Escape closes it. */
export function showHelp(): void {
  const help = document.getElementById(HELP_ID)
  help?.showPopover()
  help?.focus()
}
