/** What the browser keeps for later visits; one that keeps nothing for the page throws on the mere question. */
export function storage(): Storage | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}
