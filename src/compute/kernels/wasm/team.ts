import type { OwnKernels, Threads } from './own-kernels'

/** Everything that a thread works with. */
export interface ThreadSetup {
  binary: Uint8Array<ArrayBuffer>
  memory: WebAssembly.Memory
  control: SharedArrayBuffer
  /** The thread’s place in the control memory, from 0. */
  place: number
}

/** One call of a kernel. */
export interface Job {
  kernel: keyof OwnKernels
  args: readonly number[]
}

/** Control memory: number of the current round, threads that are done with it, then a job for each thread. */
const ROUND = 0
const DONE = 1
const HEADER_BYTES = 16
/** Kernel and arguments of a job, 8 bytes each. */
const JOB_NUMBERS = 32
/** Those that are worth sharing out. */
const KERNELS: readonly (keyof OwnKernels)[] = ['inputGradient', 'filterGradient', 'sumOverTaps']
/** Kernel number of a thread that has nothing to do in a round. */
const NOTHING = -1

/** This thread and its helpers on the same memory: a kernel’s work is cut into pieces, one for each. */
export class Team {
  readonly #header: Int32Array
  readonly #control: SharedArrayBuffer
  readonly #kernels: OwnKernels
  readonly #threads: readonly Worker[]

  private constructor(kernels: OwnKernels, control: SharedArrayBuffer, threads: readonly Worker[]) {
    this.#kernels = kernels
    this.#control = control
    this.#header = new Int32Array(control, 0, 2)
    this.#threads = threads
  }

  /** Starts the threads beside this one and waits until they are ready. */
  static async start(
    kernels: OwnKernels, setup: Pick<ThreadSetup, 'binary' | 'memory'>, { count, start }: Threads,
  ): Promise<Team> {
    const helpers = count - 1
    const control = new SharedArrayBuffer(HEADER_BYTES + helpers * JOB_NUMBERS * Float64Array.BYTES_PER_ELEMENT)
    const threads = await Promise.all(Array.from({ length: helpers }, async (_, place) => {
      const thread = start()
      await answered(thread, { ...setup, control, place })
      return thread
    }))
    return new Team(kernels, control, threads)
  }

  /** Threads in all, this one included. */
  get size(): number {
    return this.#threads.length + 1
  }

  /** Does at most `size` jobs at the same time and returns when all are done. */
  run([own, ...others]: readonly Job[]): void {
    this.#threads.forEach((_, place) => writeJob(this.#control, place, others[place]))
    Atomics.store(this.#header, DONE, 0)
    Atomics.add(this.#header, ROUND, 1)
    Atomics.notify(this.#header, ROUND)
    if (own) perform(this.#kernels, own)
    for (let done = 0; (done = Atomics.load(this.#header, DONE)) < this.#threads.length;) {
      Atomics.wait(this.#header, DONE, done)
    }
  }
}

/** What a helper thread does from then on: wait for a round, do its job, say so. */
export function serve(kernels: OwnKernels, { control, place }: Pick<ThreadSetup, 'control' | 'place'>): never {
  const header = new Int32Array(control, 0, 2)
  for (let round = 0; ;) {
    round = roundAfter(round, header)
    const job = readJob(control, place)
    if (job) perform(kernels, job)
    Atomics.add(header, DONE, 1)
    Atomics.notify(header, DONE)
  }
}

/**
 * Waits for the round after `round`. Being woken is no round by itself: when a helper has seen a round before it fell
 * asleep, and done with it before the other thread comes to say so, the word wakes it in vain.
 */
export function roundAfter(round: number, header: Int32Array): number {
  let next: number
  while ((next = Atomics.load(header, ROUND)) === round) Atomics.wait(header, ROUND, round)
  return next
}

function perform(kernels: OwnKernels, { kernel, args }: Job): void {
  (kernels[kernel] as (...args: readonly number[]) => void)(...args)
}

function writeJob(control: SharedArrayBuffer, place: number, job: Job | undefined): void {
  jobNumbers(control, place).set(job ? [KERNELS.indexOf(job.kernel), job.args.length, ...job.args] : [NOTHING])
}

function readJob(control: SharedArrayBuffer, place: number): Job | undefined {
  const [kernel, count, ...args] = jobNumbers(control, place)
  return kernel === NOTHING ? undefined : { kernel: KERNELS[kernel!]!, args: args.slice(0, count) }
}

function jobNumbers(control: SharedArrayBuffer, place: number): Float64Array {
  const bytes = JOB_NUMBERS * Float64Array.BYTES_PER_ELEMENT
  return new Float64Array(control, HEADER_BYTES + place * bytes, JOB_NUMBERS)
}

/** Resolves when a thread has said that it is ready. */
function answered(thread: Worker, setup: ThreadSetup): Promise<void> {
  return new Promise((resolve, reject) => {
    thread.addEventListener('message', () => resolve(), { once: true })
    thread.addEventListener('error', (event) => reject(new Error(event.message)), { once: true })
    thread.postMessage(setup)
  })
}
