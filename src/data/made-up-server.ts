import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the server does to a request instead of answering it well. */
export type Mischief = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>

/** A server for tests that sends files in parts to pages of any origin, as Hugging Face does. */
export async function servePictures(files: Record<string, Uint8Array>) {
  let mischief: Mischief = () => false
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.range}`)
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Expose-Headers', 'Content-Range')
    void Promise.resolve(mischief(request, response)).then((done) => {
      if (!done) answer(files[request.url ?? ''], request, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://localhost:${(server.address() as AddressInfo).port}/`,
    /** The requests so far, each with its range. */
    asked,
    /** From now on requests go to this first; it returns whether it has answered. */
    disturb: (next: Mischief) => (mischief = next),
    close: () => new Promise<void>((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}

function answer(file: Uint8Array | undefined, request: IncomingMessage, response: ServerResponse): void {
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
  if (!file || !range) return void response.writeHead(file ? 400 : 404).end()
  const [from, to] = [Number(range[1]), Math.min(Number(range[2]), file.length - 1)]
  response.writeHead(206, { 'Content-Range': `bytes ${from}-${to}/${file.length}`, 'Content-Length': to - from + 1 })
  response.end(file.subarray(from, to + 1))
}
