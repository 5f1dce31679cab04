/** Several class names as one text: commas part them, and a comma within a name has a backslash before it. */
export function joinNames(names: readonly string[]): string {
  return names.map((name) => name.replace(/[\\,]/g, '\\$&')).join(',')
}

/** The names in a text of `joinNames`, or in one that a person typed: spaces around a name do not count. */
export function splitNames(text: string): string[] {
  const names = text.match(/(?:\\.|[^,\\]|\\$)+/g) ?? []
  return names.map((name) => name.replace(/\\(.)/g, '$1').trim()).filter((name) => name !== '')
}
