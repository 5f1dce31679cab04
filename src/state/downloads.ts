import type { SessionClient } from '../session/client'

/** Hands checkpoints to the person as files, the way the browser does it: a download, or a question where to. */
export function offerDownloads(client: SessionClient): void {
  client.subscribe((event) => {
    if (event.kind === 'checkpoint') download(event.name, new Blob([event.bytes], { type: 'application/octet-stream' }))
  })
}

function download(name: string, contents: Blob): void {
  const address = URL.createObjectURL(contents)
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  link.click()
  // Not at once: the browser reads the address after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
