import { fileURLToPath } from 'node:url'

/** The folder of the repository, without a closing slash. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/**
 * Says one sentence and ends the command as failed.
 *
 * @param {string} sentence
 * @param {number} [status] 2 for bad input
 * @returns {never}
 */
export function giveUp(sentence, status = 1) {
  console.error(sentence)
  process.exit(status)
}
