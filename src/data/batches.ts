import { randomStream, type RandomStream } from './random'

/** Endless batches from a pool: each pass through it has an order of its own, and no picture is left out of a pass. */
export class BatchStream {
  private readonly random: RandomStream
  private order: Int32Array = new Int32Array(0)
  private next = 0

  /**
   * @param pool positions of the pictures to draw from
   * @param name of the random stream: pools that differ draw independently
   */
  constructor(private pool: Int32Array, seed: number, name: string) {
    this.random = randomStream(seed, name)
  }

  /** The next `size` positions; a pool smaller than that comes round within the batch. */
  take(size: number): Int32Array {
    const batch = new Int32Array(size)
    for (let i = 0; i < size; i++) {
      if (this.next === this.order.length) this.reshuffle()
      batch[i] = this.order[this.next++]!
    }
    return batch
  }

  /** Draws from another pool; the pass under way ends here. */
  follow(pool: Int32Array): void {
    this.pool = pool
    this.order = new Int32Array(0)
    this.next = 0
  }

  private reshuffle(): void {
    this.order = this.random.permutation(this.pool.length).map((position) => this.pool[position]!)
    this.next = 0
  }
}

/** Batches that hold the same number of pictures of every class, class after class. */
export class BalancedStream {
  private readonly classes: readonly BatchStream[]

  constructor(classCount: number, seed: number, name: string) {
    this.classes = Array.from({ length: classCount }, (_, label) => new BatchStream(new Int32Array(0), seed, `${name} ${label}`))
  }

  /** Draws each class from its pool of positions; a class whose pool is empty keeps the one before. */
  follow(pools: readonly Int32Array[]): void {
    pools.forEach((pool, label) => {
      if (pool.length > 0) this.classes[label]!.follow(pool)
    })
  }

  /** The next `size` positions of each class; a class with fewer comes round within the batch, each time as another view. */
  take(size: number): Int32Array {
    return Int32Array.from(this.classes.flatMap((stream) => [...stream.take(size)]))
  }
}
