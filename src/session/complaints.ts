import { BackendError } from '../compute/open-backend'
import { DataError } from '../data/picture-set'
import { RecipeError, parseRecipe, type Recipe } from '../recipe/recipe'
import { CheckpointError } from '../training/checkpoint'
import { TrainingError } from '../training/trainer'
import type { ErrorEvent } from './protocol'

export type Complaint = Omit<ErrorEvent, 'kind'>

interface Circumstances {
  /** What an error is about that nobody expected. */
  otherwise?: ErrorEvent['about']
  /** The data set whose pictures were asked for. */
  dataset?: Recipe['dataset']
}

/** What an error is about, and its sentence. */
export function explain(error: unknown, { otherwise = 'training', dataset }: Circumstances = {}): Complaint {
  const cause = error instanceof Error ? error.message : String(error)
  const expected = aboutOf(error)
  const about = expected ?? otherwise
  const message = expected ? cause : `Something went wrong that should not: ${cause}`
  return { about, message, ...(about === 'data' && dataset && { dataset }) }
}

function aboutOf(error: unknown): ErrorEvent['about'] | undefined {
  if (error instanceof DataError) return 'data'
  if (error instanceof RecipeError || error instanceof CheckpointError) return 'recipe'
  return error instanceof BackendError ? 'backend' : undefined
}

/** What an error means that has ended a run. */
export function explainStop(error: unknown): Complaint {
  if (error instanceof TrainingError) return { about: 'training', message: error.message, code: 'diverged' }
  if (error instanceof RecipeError) return { about: 'training', message: error.message }
  const cause = error instanceof Error ? error.message : String(error)
  const message = `The training stopped: ${cause.replace(/[.\s]*$/, '')}. What it learned stays on show; press Train to begin again.`
  return { about: 'training', message }
}

/** Why a message is no command: the field of its recipe that is wrong, or that it is unknown. */
export function refusal(message: unknown): Complaint {
  const { kind, recipe, changes } = { ...(message as Record<string, unknown> | null) }
  try {
    parseRecipe(recipe ?? changes ?? {})
  } catch (error) {
    return explain(error)
  }
  const name = typeof kind === 'string' ? `“${kind.slice(0, 40)}”` : 'a message without a kind'
  return { about: 'message', message: `The worker does not understand ${name}; reload the page to bring both sides to the same version.` }
}
