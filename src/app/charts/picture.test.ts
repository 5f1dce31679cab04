// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { COLUMNS, type ColumnName } from '../../state/series'
import { accuracyChart, entropyChart, lossChart } from './lines'
import { pictureOf } from './picture'

it('draws every reading as a point, and its words as text that XML allows', () => {
  const steps = Float64Array.from({ length: 5_000 }, (_, row) => row + 1)
  const values = Object.fromEntries(COLUMNS.map((name) => [name, new Float32Array(5_000).fill(0.5)])) as Record<ColumnName, Float32Array>
  const { svg } = pictureOf({
    descriptions: [lossChart('suave'), accuracyChart('suave'), entropyChart('suave')], columns: { steps, values },
    flags: [{ step: 40, kind: 'change', text: 'a < b & c' }], smoothing: 0, log: false, colour: () => '#123456',
  })
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml')
  expect(document.querySelector('parsererror')).toBeNull()
  const lines = [...document.querySelectorAll('path[fill="none"]')]
  expect(lines).toHaveLength(9)
  for (const line of lines) expect(line.getAttribute('d')?.match(/[ML]/g)).toHaveLength(5_000)
  expect(svg).toContain('a &lt; b &amp; c')
  expect(svg).not.toContain('var(')
})
