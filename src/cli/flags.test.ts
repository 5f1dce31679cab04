import { describe, expect, it } from 'vitest'
import { DEFAULT_RECIPE, FIELD_NAMES, fieldOf, flagOf, RecipeError } from '../recipe/recipe'
import { helpText, readCommandLine, type OwnFlag } from './flags'

const OWN = {
  data: { type: 'string', help: 'where the pictures are' },
  json: { type: 'boolean', help: 'for machines' },
} satisfies Record<string, OwnFlag>

const read = (...args: string[]) => readCommandLine(args, OWN)

describe('a command line', () => {
  it('without flags is the default recipe', () => {
    expect(read()).toEqual({ recipe: DEFAULT_RECIPE, given: [], own: {}, switches: new Set() })
  })

  it('sets every field by its flag', () => {
    for (const name of FIELD_NAMES) {
      const field = fieldOf(name)
      const value = field.kind === 'number' ? field.maximum : field.kind === 'choice' ? field.options.at(-1)!.value : field.grammar ? '3.a*2' : 'any words'
      expect(read(`--${flagOf(name)}`, String(value)).recipe).toEqual({ ...DEFAULT_RECIPE, [name]: value })
    }
  })

  it('gives the command its own flags', () => {
    const { own, switches } = read('--data', 'here', '--json', '--steps=7')
    expect(own).toEqual({ data: 'here' })
    expect([...switches]).toEqual(['json'])
  })

  it('lays a preset under the flags', () => {
    const { recipe } = read('--preset', 'quick', '--steps', '9', '--seed', '5')
    expect(recipe).toMatchObject({ encoder: 'conv4', unlabelledBatch: 64, steps: 9, seed: 5 })
  })

  it.each([
    [['--epsilom', '1'], 'There is no flag --epsilom; did you mean --epsilon? “--help” lists every flag.'],
    [['--labels-per-clas', '1'], 'did you mean --labels-per-class?'],
    [['--whatever', '1'], "Unknown option '--whatever'. “--help” lists every flag."],
    [['--steps', '-3'], 'steps cannot be -3; give a whole number from 1 to 100000.'],
    [['--spare-prototypes=-1'], 'sparePrototypes cannot be -1; give a whole number from 0 to 200.'],
    [['--json', '-3'], /json.*“--help” lists every flag\.$/],
    [['--steps', '-n'], /^Option '--steps' argument is ambiguous\. “--help” lists every flag\.$/],
    [['--epsilon'], /epsilon.*“--help” lists every flag\.$/],
    [['--epsilon', '7'], 'epsilon cannot be 7; give a number from 0.01 to 1.'],
    [['--epsilon', 'much'], 'epsilon cannot be “much”; give a number from 0.01 to 1.'],
    [['--epsilon', ''], 'epsilon cannot be “”; give a number'],
    [['--steps', '1.5'], 'steps cannot be 1.5; give a whole number'],
    [['--method', 'levitation'], /^method cannot be “levitation”; choose one of suave, .*supervised\.$/],
    [['--preset', 'best'], 'There is no preset “best”; choose one of balanced, quick, long, paper.'],
    [['--labels', '40'], '--labels 40 would give one picture a label by hand: for so many labels of each class give --labels-per-class 40, and if the picture is meant, --labels 40*1.'],
    [['--__proto__', '1'], /“--help” lists every flag\.$/],
    [['stray.tar.gz'], /stray\.tar\.gz.*“--help” lists every flag\.$/],
  ])('%j is answered by one sentence', (args, sentence) => {
    expect(() => read(...args)).toThrow(RecipeError)
    expect(() => read(...args)).toThrow(sentence)
    expect(() => read(...args)).toThrow(/^[^\n]*$/)
  })
})

it('takes edits of labels, and a number where the command has a flag of that name', () => {
  expect(read('--labels', '40*1').recipe.labels).toBe('40*1')
  expect(readCommandLine(['--labels', '40'], { labels: { type: 'string', help: 'how many' } }).own).toEqual({ labels: '40' })
})

it('the help names every flag, with its range and who reads it', () => {
  const lines = helpText('how to use it', OWN).split('\n')
  expect(lines[0]).toBe('how to use it')
  for (const flag of [...FIELD_NAMES.map(flagOf), ...Object.keys(OWN), 'preset']) {
    expect(lines.filter((line) => line.startsWith(`  --${flag} `))).toHaveLength(1)
  }
  const epsilon = lines.find((line) => line.startsWith('  --epsilon '))
  expect(epsilon).toContain('0.01 … 1; 0.05')
  expect(epsilon).toContain('[suave, swav]')
})
