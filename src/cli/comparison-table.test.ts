import { describe, expect, it } from 'vitest'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import type { CellResult, Numbers } from './cell'
import { csvOf, markdownOf, summarise } from './comparison-table'
import { fileNameOf, gridOf } from './grid'

const cell = (method: 'suave' | 'daino' | 'swav', seed: number, last: Numbers, failure?: string): CellResult => ({
  recipe: { ...DEFAULT_RECIPE, method, seed, labelsPerClass: 4 }, backend: 'wasm', device: 'a processor', seconds: 1,
  evaluations: [{ step: 1, testAccuracy: 0.9 }, { step: 2, ...last }], ...(failure && { failure }),
})
const RESULTS = [
  cell('suave', 1, { testAccuracy: 0.1, studentAccuracy: 0.1 }), cell('suave', 2, { testAccuracy: 0.2, studentAccuracy: 0.2 }),
  cell('suave', 3, { testAccuracy: 0.6, studentAccuracy: 0.6 }),
  cell('daino', 1, { testAccuracy: 0.5, studentAccuracy: 0.25, teacherAccuracy: 0.5 }),
  cell('daino', 2, { testAccuracy: 1 }, 'The loss is no longer a number at step 3.'),
]

describe('the table of a comparison', () => {
  it('has mean and sample deviation of the last evaluations, of runs that ended', () => {
    const [suave, daino] = summarise(RESULTS).filter(({ measure }) => measure === 'testAccuracy')
    expect(suave).toMatchObject({ method: 'suave', labelsPerClass: 4, runs: 3 })
    expect(suave!.mean).toBeCloseTo(0.3, 12)
    expect(suave!.deviation).toBeCloseTo(Math.sqrt((0.04 + 0.01 + 0.09) / 2), 12)
    expect(daino).toEqual({ method: 'daino', labelsPerClass: 4, measure: 'testAccuracy', mean: 0.5, runs: 1 })
  })

  it('has what sees no label under every number of labels', () => {
    const many = { ...RESULTS[0]!, recipe: { ...RESULTS[0]!.recipe, labelsPerClass: 40 } }
    const table = markdownOf([RESULTS[0]!, many, cell('swav', 1, { testAccuracy: 0.3 })])
    expect(table).toContain('| Suave | 10.0 (1) | 10.0 (1) |')
    expect(table).toContain('| SwAV | 30.0 (1) | 30.0 (1) |')
    expect(table).toContain('Their runs stand under every number of labels.')
    expect(markdownOf([cell('swav', 1, { testAccuracy: 0.3 })])).not.toContain('Their runs')
  })

  it('is readable, and says why a run stopped', () => {
    const table = markdownOf(RESULTS)
    expect(table).toContain('| method | 4 labels a class |')
    expect(table).toContain('| Suave | 30.0 ± 26.5 (3) |')
    expect(table).toContain('| Daino | 50.0 (1) |')
    expect(table).toContain('## Student')
    expect(table).toContain('- Daino, 4 labels a class, seed 2: The loss is no longer a number at step 3.')
    expect(markdownOf(RESULTS.slice(0, 3))).not.toContain('## Student')
    expect(csvOf(RESULTS).split('\n')[2]).toBe('daino,4,testAccuracy,0.5,,1')
  })
})

it('every number of labels is checked, also where the methods see no label', () => {
  expect(() => gridOf({ methods: 'swav', labels: '4,many', seeds: '1' }, DEFAULT_RECIPE, { backend: 'wasm' })).toThrow('labelsPerClass cannot be “many”')
})

it('a cell’s file is named by all that its numbers depend on', () => {
  const place = { backend: 'wasm' } as const
  const request = { methods: 'suave, daino', labels: '4,40', seeds: '2' }
  const cells = gridOf(request, DEFAULT_RECIPE, place)
  expect(cells.map(({ recipe: { method, labelsPerClass, seed } }) => [method, labelsPerClass, seed].join())).toEqual(
    ['suave,4,1', 'suave,4,2', 'suave,40,1', 'suave,40,2', 'daino,4,1', 'daino,4,2', 'daino,40,1', 'daino,40,2'],
  )
  expect(gridOf({ ...request, methods: 'swav,dino' }, DEFAULT_RECIPE, place)).toHaveLength(4)
  const others = [
    ...gridOf(request, { ...DEFAULT_RECIPE, steps: 7 }, place), ...gridOf(request, DEFAULT_RECIPE, { ...place, data: 'a' }),
    ...gridOf(request, DEFAULT_RECIPE, { ...place, test: 'a' }), ...gridOf(request, DEFAULT_RECIPE, { backend: 'webgpu' }),
  ]
  expect(new Set([...cells, ...others].map(fileNameOf)).size).toBe(40)
  expect(gridOf(request, DEFAULT_RECIPE, place).map(fileNameOf)).toEqual(cells.map(fileNameOf))
})
