import { expect, it } from 'vitest'
import type { AssignmentSample } from '../../state/pictures'
import { layOutHeatMap } from './draw-heat-map'
import { prototypeNames } from './prototype-names'

const CLASSES = ['cat', 'automobile', 'ship', 'dog']

function layoutOf(width: number) {
  const sample = { pictures: new Int32Array(9), prototypes: CLASSES.length } as AssignmentSample
  const map = { sample, values: new Float32Array(36), classNames: CLASSES, names: prototypeNames('suave', CLASSES) }
  return layOutHeatMap(map, { width, height: 250 })
}

it('keeps its rows under their names and inside the picture, level or upright', () => {
  const [wide, narrow] = [layoutOf(400), layoutOf(150)]
  expect([wide.heading.stand, narrow.heading.stand]).toEqual(['level', 'upright'])
  expect(narrow.heading.height).toBeGreaterThan(wide.heading.height)
  for (const { heading, row } of [wide, narrow]) {
    expect(row).toBeGreaterThan(15)
    expect(heading.height + 9 * row).toBeLessThanOrEqual(250)
  }
})
