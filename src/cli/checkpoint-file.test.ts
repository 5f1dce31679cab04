import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { CheckpointError } from '../training/checkpoint'
import { checkWritable, readCheckpointFile } from './checkpoint-file'

it.each([
  ['', '--save names no file: name one to save to.'],
  [tmpdir(), `${tmpdir()} is a folder: name a file to save to.`],
  [join('nowhere', 'x.ckpt'), `The checkpoint cannot be written to ${join('nowhere', 'x.ckpt')}: name a file in a folder that exists and may be written to.`],
])('saving to “%s” is refused before the training', async (path, sentence) => {
  await expect(checkWritable(path)).rejects.toThrow(new CheckpointError(sentence))
})

it.each([
  ['nowhere.ckpt', 'There is no checkpoint nowhere.ckpt: name a file that --save has written.'],
  [tmpdir(), `${tmpdir()} is a folder and no checkpoint: name a file that --save has written.`],
  [join('package.json', 'x'), `The checkpoint ${join('package.json', 'x')} cannot be read (ENOTDIR): name a file that --save has written.`],
])('starting from “%s” is refused with what it is', async (path, sentence) => {
  await expect(readCheckpointFile(path)).rejects.toThrow(new CheckpointError(sentence))
})
