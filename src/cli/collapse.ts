import { connectNodeBackend } from '../compute/connect-node'
import { BackendError } from '../compute/open-backend'
import { DataError } from '../data/picture-set'
import { parseRecipe, RecipeError } from '../recipe/recipe'
import { SHORT, signalsAtTheEnd, SWITCHES } from '../training/collapses'
import { TrainingError } from '../training/trainer'
import { helpText, readCommandLine, type OwnFlag } from './flags'
import { openPictureSource } from './picture-source'

const USAGE = 'npm run -s collapse -- [--dataset cifar10 --data FILE_OR_FOLDER] [--FIELD VALUE …]'

const OWN = {
  data: { type: 'string', help: 'CIFAR archive, batch file, or folder that holds them' },
  test: { type: 'string', help: 'file of test pictures, so that none are held out from the training part' },
  help: { type: 'boolean', help: 'this list' },
} satisfies Record<string, OwnFlag>

/** Switches off, one by one, what keeps clusters apart, and prints the signals of collapse at the end of each run. */
async function main(args: string[]): Promise<void> {
  const { recipe, given, own, switches } = readCommandLine(args, OWN)
  if (switches.has('help')) return void console.log(helpText(USAGE, OWN))
  if (given.includes('method')) throw new RecipeError('collapse runs SwAV and DINO, each with its switches: leave --method out.')
  if (given.includes('balancing')) throw new RecipeError('collapse switches balancing on and off itself: leave --balancing out.')
  const asked = Object.fromEntries(given.map((name) => [name, recipe[name]]))
  const short = parseRecipe({ ...SHORT, ...asked }, recipe)
  const source = await openPictureSource(short, own.data, own.test)
  await connectNodeBackend('wasm')
  console.log('| run | usage of the prototypes | entropy of a prediction | entropy of a target | spread of the features |')
  console.log('| --- | --- | --- | --- | --- |')
  for (const { name, changes } of SWITCHES) {
    const { usage, prediction, assignment, featureSpread } = await signalsAtTheEnd(parseRecipe(changes, short), source)
    console.log(`| ${name} | ${[usage, prediction, assignment, featureSpread].map((value) => value.toFixed(2)).join(' | ')} |`)
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const expected = [RecipeError, DataError, BackendError, TrainingError].some((kind) => error instanceof kind)
  console.error(expected ? (error as Error).message : error)
  process.exit(expected ? 2 : 1)
})
