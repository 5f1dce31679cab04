import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTarGzip } from 'nanotar'
import { binaryRecords } from '../src/data/made-up-cifar'

/** As many labels as asked for, the ten classes in turn. */
const labels = (count: number) => Array.from({ length: count }, (_, picture) => picture % 10)

/** The bytes of an archive like the official `cifar-10-binary.tar.gz`, with few made-up pictures of ten colours. */
export function cifarArchive({ train = 300, test = 100 } = {}): Promise<Uint8Array> {
  return createTarGzip([
    { name: 'cifar-10-batches-bin/data_batch_1.bin', data: binaryRecords('cifar10', labels(train)) },
    { name: 'cifar-10-batches-bin/test_batch.bin', data: binaryRecords('cifar10', labels(test)) },
    { name: 'cifar-10-batches-bin/readme.html', data: new TextEncoder().encode('<a href="#">about</a>') },
  ])
}

/** Writes a file into a folder of the test’s; returns its path. */
export function written(folder: string, name: string, content: Uint8Array | string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
