import { connectNodeBackend } from '../compute/connect-node'
import type { Meaning } from '../data/shapes'
import { agreementWithMeanings, EASY_FORM } from '../training/meanings'

const LEARNERS = { swav: 'SwAV, no label', suave: 'Suave, 4 labels a class, of the texture' } as const

/** Prints how far the prototypes of SwAV and of Suave agree with both meanings of Shapes, over some seeds. */
async function main(seeds: number): Promise<void> {
  await connectNodeBackend('wasm')
  console.log('| prototypes of | agree with the form | with the texture |\n| --- | --- | --- |')
  for (const [method, name] of Object.entries(LEARNERS) as [keyof typeof LEARNERS, string][]) {
    const found: Record<Meaning, number>[] = []
    for (let seed = 1; seed <= seeds; seed++) found.push(await agreementWithMeanings({ ...EASY_FORM, method, seed }))
    console.log(`| ${name} | ${percent(found.map(({ form }) => form))} | ${percent(found.map(({ texture }) => texture))} |`)
  }
}

/** “36 % (34 to 39)”. */
function percent(shares: readonly number[]): string {
  const [mean, least, most] = [shares.reduce((sum, share) => sum + share, 0) / shares.length, Math.min(...shares), Math.max(...shares)]
    .map((share) => (100 * share).toFixed(0))
  return `${mean} % (${least} to ${most})`
}

const seeds = Number(process.argv[2] ?? 3)
if (Number.isInteger(seeds) && seeds >= 1) await main(seeds)
else {
  console.error(`“${process.argv[2]}” cannot be the number of seeds; give a whole number from 1 on.`)
  process.exit(2)
}
