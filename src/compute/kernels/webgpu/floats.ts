import type { Program } from './program'

export const THREADS = 64

/** Whole numbers as floats. */
export const FLOATS: Program = {
  name: 'whole numbers as floats',
  reads: { whole: 'i32' },
  writes: { floats: 'f32' },
  threads: THREADS,
  code: `fn run(group: u32, thread: u32) {
  let i = group * ${THREADS}u + thread;
  if (i < arrayLength(&floats)) { floats[i] = f32(whole[i]); }
}`,
}
