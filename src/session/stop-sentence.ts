import { RecipeError } from '../recipe/recipe'
import { TrainingError } from '../training/trainer'

/** What a person reads when an error has ended a run. */
export function stopSentence(error: unknown): string {
  if (error instanceof TrainingError || error instanceof RecipeError) return error.message
  const cause = error instanceof Error ? error.message : String(error)
  return `The training stopped: ${cause.replace(/[.\s]*$/, '')}. What it learned stays on show; press Train to begin again.`
}
