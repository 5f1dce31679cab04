import type { SessionClient } from '../session/client'
import type { AnswerHistory, TestPart, WorkerEvent } from '../session/protocol'
import type { Answers } from '../training/events'
import { Announcer } from './announcer'
import { Tiles } from './tiles'

/** What a run answers to its test pictures. */
export interface AnswerSheet {
  runId: number
  part: TestPart
  answers: Answers
  history: AnswerHistory
}

/** The newest answers that the worker has told, and the test pictures; outside React because they are many. */
export class AnswerSheets extends Announcer {
  sheet: AnswerSheet | undefined
  /** The test pictures, one by one, of the run of that number. */
  readonly pictures: Tiles
  #part: { runId: number; part: TestPart } | undefined

  constructor(client: SessionClient) {
    super()
    this.pictures = new Tiles((runId, positions) => client.send({ kind: 'testTiles', runId, positions }))
  }

  take(event: WorkerEvent): void {
    if (event.kind === 'testTiles') this.pictures.keep(event.runId, event.positions, event.rgba)
    else if (event.kind === 'testPart') this.#part = event
    else if (event.kind === 'answers' && event.runId === this.#part?.runId) {
      const { runId, answers, history } = event
      this.sheet = { runId, part: this.#part.part, answers, history }
      this.announce()
    }
  }
}
