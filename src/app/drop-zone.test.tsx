// @vitest-environment jsdom
import { act, cleanup, createEvent, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { createPlayground } from '../state/playground'
import { createTestSession } from '../state/test-session'
import { DropZone } from './drop-zone'
import { PlaygroundContext } from './playground-context'

afterEach(cleanup)

function open() {
  const session = createTestSession()
  const playground = createPlayground(session)
  render(<PlaygroundContext value={playground}><DropZone /></PlaygroundContext>)
  return { session, notices: () => playground.store.getState().notices.list.map(({ message }) => message) }
}

/** Whether the page took the event for itself. */
async function drag(kind: 'dragOver' | 'drop', dataTransfer: object): Promise<boolean> {
  const event = createEvent[kind](document.body, { dataTransfer })
  await act(async () => void fireEvent(document.body, event))
  return event.defaultPrevented
}

const fileEntry = (name: string, readable = true) => ({
  isFile: true, isDirectory: false, fullPath: `/${name}`,
  file: (resolve: (file: File) => void, reject: (error: Error) => void) =>
    readable ? resolve(new File([], name)) : reject(new Error('It cannot be read.')),
})
/** A folder that hands out its entries in one portion, and then fails or ends. */
const folderEntry = (entries: object[], ends = true) => {
  const portions = [entries]
  return {
    isFile: false, isDirectory: true, fullPath: '/pets',
    createReader: () => ({
      readEntries: (resolve: (portion: object[]) => void, reject: (error: Error) => void) => {
        const portion = portions.shift()
        if (portion || ends) resolve(portion ?? [])
        else reject(new Error('It has moved.'))
      },
    }),
  }
}
const dropOf = (...entries: object[]) => ({ types: ['Files'], files: [], items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })) })

it('takes files, and says that it would', async () => {
  const { session } = open()
  expect(await drag('dragOver', dropOf())).toBe(true)
  expect(screen.getByText(/^Drop a CIFAR archive/)).toBeTruthy()
  expect(await drag('drop', dropOf(folderEntry([fileEntry('pets/1.png'), fileEntry('pets/2.png')])))).toBe(true)
  expect(screen.queryByText(/^Drop a CIFAR archive/)).toBeNull()
  expect(session.sentOf('load')[0]?.files.map(({ path }) => path)).toEqual(['pets/1.png', 'pets/2.png'])
})

it('leaves text to the field that it is dropped into', async () => {
  const { session, notices } = open()
  const text = { types: ['text/plain'], files: [], items: [] }
  expect(await drag('dragOver', text)).toBe(false)
  expect(screen.queryByText(/^Drop a CIFAR archive/)).toBeNull()
  expect(await drag('drop', text)).toBe(false)
  expect([session.sent, notices()]).toEqual([[], []])
})

it('leaves out what cannot be read, and says how many', async () => {
  const { session, notices } = open()
  await drag('drop', dropOf(fileEntry('a.bin', false), folderEntry([fileEntry('pets/1.png'), fileEntry('pets/2.png', false)], false), fileEntry('b.bin')))
  expect(session.sentOf('load')[0]?.files.map(({ path }) => path)).toEqual(['pets/1.png', 'b.bin'])
  expect(notices()).toEqual([expect.stringMatching(/^3 files or folders that were dropped could not be read and are left out/)])
})

it('reads nothing when nothing can be read', async () => {
  const { session, notices } = open()
  await drag('drop', dropOf(fileEntry('a.bin', false)))
  expect(session.sent).toEqual([])
  expect(notices()).toEqual([expect.stringMatching(/^One file or folder that was dropped could not be read/)])
})
