import { DataError } from './picture-set'

/** A file behind an address, read in parts. */
export interface RemoteFile {
  address: string
  byteLength: number
  /** The bytes from `start` up to `end`, not included. @throws DataError when they do not come, all of them. */
  read(start: number, end: number): Promise<ArrayBuffer>
}

interface ReadOptions {
  signal?: AbortSignal
  /** Hears of bytes as they come. */
  onBytes?: (count: number) => void
}

/** A passing fault of the network is tried over so often, after a wait that grows. */
const ATTEMPTS = 3
const WAIT_MILLISECONDS = 400
const OTHERWISE = 'or choose Shapes, which is built in'

/**
 * Opens a file that is read by HTTP ranges. Works across origins where the server allows it (CORS): the range is of the
 * plain form that asks no leave beforehand, and no referrer is told, which some hosts refuse.
 * @throws DataError with a sentence when the server cannot be reached, answers something else, or sends no parts.
 */
export async function openRemoteFile(address: string, options: ReadOptions = {}): Promise<RemoteFile> {
  const { response } = await request(address, 0, 8, options)
  const byteLength = Number(/\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1])
  if (!(byteLength > 0)) throw noParts(address)
  return {
    address,
    byteLength,
    read: async (start, end) => (await request(address, start, Math.min(end, byteLength), options)).bytes,
  }
}

async function request(address: string, start: number, end: number, options: ReadOptions) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await requestOnce(address, start, end, options)
    } catch (error) {
      options.signal?.throwIfAborted()
      if (!(error instanceof PassingFault)) throw error
      if (attempt === ATTEMPTS) throw new DataError(error.message)
      await new Promise((resolve) => setTimeout(resolve, WAIT_MILLISECONDS * attempt))
    }
  }
}

/** A fault that may be gone at the next attempt. */
class PassingFault extends Error {}

async function requestOnce(address: string, start: number, end: number, { signal, onBytes }: ReadOptions) {
  const { host } = new URL(address)
  let response
  try {
    response = await fetch(address, {
      headers: { Range: `bytes=${start}-${end - 1}` }, referrerPolicy: 'no-referrer', credentials: 'omit', signal,
    })
  } catch {
    throw new PassingFault(
      `${host} cannot be reached from here: check the network (a firewall may forbid it) and press the button again, ${OTHERWISE}.`,
    )
  }
  if (response.status === 429 || response.status >= 500) {
    throw new PassingFault(`${host} is busy (it answers ${response.status}): wait a little and press the button again, ${OTHERWISE}.`)
  }
  if (!response.ok) throw new DataError(`${host} answers ${response.status} for ${address}: the file may have moved; try again later, ${OTHERWISE}.`)
  if (/text\/html/.test(response.headers.get('Content-Type') ?? '')) {
    await response.body?.cancel()
    throw new DataError(`${host} sent a web page instead of pictures: sign in to the network if it asks for that, and press the button again, ${OTHERWISE}.`)
  }
  if (response.status !== 206) {
    await response.body?.cancel()
    throw noParts(address)
  }
  return { response, bytes: await readBody(response, end - start, onBytes) }
}

/** @throws PassingFault when more or fewer bytes come than were asked for. */
async function readBody(response: Response, length: number, onBytes?: (count: number) => void): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  const brokeOff = () => new PassingFault('The download broke off: press the button again, and it goes on where it stopped.')
  let at = 0
  try {
    const reader = response.body!.getReader()
    for (;;) {
      const { value } = await reader.read()
      if (!value) break
      if (at + value.length > length) {
        await reader.cancel()
        throw brokeOff()
      }
      bytes.set(value, at)
      at += value.length
      onBytes?.(value.length)
    }
  } catch {
    throw brokeOff()
  }
  if (at < length) throw brokeOff()
  return bytes.buffer
}

function noParts(address: string): DataError {
  return new DataError(`${new URL(address).host} does not send files in parts, which the page needs: drop the official archive instead, ${OTHERWISE}.`)
}
