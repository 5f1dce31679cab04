import { concat, slice, tidy, variable, zeros, type Rank, type Tensor2D, type Variable } from '@tensorflow/tfjs-core'

/**
 * Earlier features of one global view, newest first, that join the batch when it is balanced
 * (Caron et al., SwAV, 2020, section 3.1). Features are kept, not targets: their scores are
 * computed anew with today’s prototypes.
 */
export class FeatureQueue {
  private readonly features: Variable<Rank.R2>
  private filled = 0

  constructor(private readonly length: number, featureSize: number) {
    this.features = tidy(() => variable(zeros<Rank.R2>([length, featureSize]), false))
  }

  /** The features once the oldest slot holds one: zeros would have high scores. */
  get ready(): Tensor2D | undefined {
    return this.filled >= this.length ? this.features : undefined
  }

  /** Puts unit features [rows, featureSize] in front and lets the oldest go. */
  push(features: Tensor2D): void {
    tidy(() => this.features.assign(slice(concat([features, this.features]), [0, 0], this.features.shape)))
    this.filled += features.shape[0]
  }

  dispose(): void {
    this.features.dispose()
  }
}
