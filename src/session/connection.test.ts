import { expect, it } from 'vitest'
import type { BackendName } from '../compute/report'
import { Connection, type Wanted } from './connection'
import { createQueue } from './turn'

/** Connects at once; the automatic choice takes what `fastest` says. */
function open() {
  const place = { fastest: 'webgpu' as BackendName, lose: (() => {}) as (sentence: string) => void, tried: [] as Wanted[], connected: 0 }
  const connection = new Connection({
    connect: (wanted, onLost) => {
      place.tried.push(wanted)
      place.lose = onLost
      return Promise.resolve({ backend: wanted === 'auto' ? place.fastest : wanted, device: 'a device', reason: 'It was right.', refused: [] })
    },
    queue: createQueue(),
    onConnected: () => place.connected++,
    onLost: () => {},
  })
  return { connection, place }
}

it('keeps the backend in use, whichever choice comes to it', async () => {
  const { connection, place } = open()
  await connection.connect('auto')
  expect(connection.connected).toMatchObject({ report: { backend: 'webgpu' }, wanted: 'auto', automatic: 'webgpu' })
  await connection.connect('webgpu')
  expect(connection.connected).toMatchObject({ wanted: 'webgpu', automatic: 'webgpu' })
  await connection.connect('auto')
  expect(connection.connected?.wanted).toBe('auto')
  expect(place).toMatchObject({ tried: ['auto'], connected: 1 })
})

it('goes back to the automatic choice from another backend', async () => {
  const { connection, place } = open()
  await connection.connect('wasm')
  expect(connection.connected).not.toHaveProperty('automatic')
  await connection.connect('auto')
  await connection.connect('cpu')
  expect(connection.connected).toMatchObject({ wanted: 'cpu', automatic: 'webgpu' })
  expect(place.tried).toEqual(['wasm', 'auto', 'cpu'])
})

it('does not know what the automatic choice comes to once a backend was lost', async () => {
  const { connection, place } = open()
  await connection.connect('auto')
  place.lose('The GPU was lost.')
  expect(connection.connected).toBeUndefined()
  place.fastest = 'wasm'
  await connection.connect('wasm')
  expect(connection.connected).not.toHaveProperty('automatic')
  await connection.connect('auto')
  expect(place.tried).toEqual(['auto', 'wasm', 'auto'])
})
