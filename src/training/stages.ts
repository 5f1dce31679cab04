/** What a gate of a step shows of the first rows of its batch. */
export type Stage = ViewsStage | ForwardStage | ChangeStage | AverageStage

/** The views were dealt. */
export interface ViewsStage {
  gate: 'views'
  /** Positions of the pictures within the training part. */
  labelled: Int32Array
  unlabelled: Int32Array
  /** Views tile by tile, [rows, side, side, RGBA]; small ones view by view, [smallViews·unlabelled, …]. */
  pixels: {
    labelled?: Uint8ClampedArray<ArrayBuffer>
    first?: Uint8ClampedArray<ArrayBuffer>
    second?: Uint8ClampedArray<ArrayBuffer>
    small?: Uint8ClampedArray<ArrayBuffer>
  }
  smallViews: number
  smallSide: number
}

/** Forward, loss and gradient are done; the weights have not moved. */
export interface ForwardStage {
  gate: 'forward'
  prototypes: number
  featureSize: number
  /** Of the whole batch, as differentiated. */
  loss: number
  labelledLoss?: number
  unlabelledLoss?: number
  /** Absent where no label teaches. */
  labelled?: ForwardRows
  /** Both global views of the unlabelled pictures. */
  first?: ForwardRows
  second?: ForwardRows
  /** The running mean that was taken off the teacher’s scores, [prototypes]. */
  centre?: Float32Array
}

/** Some views on their way from feature to loss. */
export interface ForwardRows {
  /** Unit features z, [rows, featureSize]. */
  features: Float32Array
  /** Cosines s with the prototypes, [rows, prototypes]. */
  scores: Float32Array
  /** softmax(s/τ). */
  predictions: Float32Array
  /** A labelled view’s smoothed label; of an unlabelled view the assignment q that it gives the other view. */
  targets: Float32Array
  /** Cross-entropy of each prediction: with the label, or with the other view’s assignment. */
  losses: Float32Array
  /** The teacher’s cosines for the same view, where there is a teacher. */
  teacherScores?: Float32Array
}

/** The optimiser has moved the student. */
export interface ChangeStage {
  gate: 'change'
  learningRate: number
  /** Layer by layer: ‖θ‖ before the step, ‖∇θ‖, and ‖Δθ‖. */
  layers: readonly string[]
  lengths: Float32Array
  gradients: Float32Array
  changes: Float32Array
}

/** The teacher has followed. */
export interface AverageStage {
  gate: 'average'
  momentum: number
  /** ‖φ − θ‖ layer by layer, before and after. */
  layers: readonly string[]
  before: Float32Array
  after: Float32Array
}
