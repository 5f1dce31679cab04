import type { Recipe } from '../recipe/recipe'
import type { SessionClient } from '../session/client'
import type { WorkerEvent } from '../session/protocol'
import type { ViewPreview } from '../training/view-preview'
import { Tiles } from './tiles'

export type Views = Extract<WorkerEvent, { kind: 'views' }>
export type { ViewPreview }

/** The training pictures, one by one, and the views that were cut of one of them. */
export class Album extends Tiles {
  /** The views that were cut last. */
  views: Views | undefined
  readonly #client: SessionClient

  constructor(client: SessionClient) {
    super((album, positions) => client.send({ kind: 'tiles', album, positions }))
    this.#client = client
  }

  /** Has a picture cut into views; they are in `views` once they come. */
  cut(album: number, position: number, recipe: Recipe, throwOf: number): void {
    this.#client.send({ kind: 'previewViews', album, position, recipe, throwOf })
  }

  take(event: WorkerEvent): void {
    if (event.kind === 'tiles') this.keep(event.album, event.positions, event.rgba)
    else if (event.kind === 'views') {
      this.views = event
      this.changed()
    }
  }
}
