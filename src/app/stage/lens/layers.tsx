import type { AverageStage, ChangeStage } from '../../../state/pictures'
import styles from './lens.module.css'

interface Props {
  caption: string
  /** Names of the numbers: the first is drawn as a bar. */
  columns: readonly string[]
  layers: readonly string[]
  values: readonly Float32Array[]
}

/** Numbers of every layer, the first as bars. */
function LayerTable({ caption, columns, layers, values }: Props) {
  const largest = Math.max(...values[0]!)
  return (
    <div className={styles.layers} role="group" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">layer</th>
            {columns.map((column) => (
              <th key={column} scope="col">{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {layers.map((layer, i) => (
            <tr key={layer}>
              <th scope="row">{layer}</th>
              {values.map((column, c) => (
                <td
                  key={columns[c]}
                  className={c === 0 ? styles.bar : undefined}
                  style={c === 0 ? ({ '--share': `${(100 * column[i]!) / largest}%` } as React.CSSProperties) : undefined}
                >
                  {column[i]!.toPrecision(3)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** How far the step moved each layer, as a share of the layer’s length. */
export function ChangeTable({ layers, lengths, gradients, changes }: ChangeStage) {
  const shares = changes.map((change, i) => change / Math.max(lengths[i]!, 1e-12))
  return (
    <LayerTable
      caption="How far each layer moved" columns={['‖Δθ‖ / ‖θ‖', '‖Δθ‖', '‖∇‖']} layers={layers}
      values={[shares, changes, gradients]}
    />
  )
}

/** How far the teacher is from the student, layer by layer. */
export function AverageTable({ layers, before, after }: AverageStage) {
  return <LayerTable caption="Distance of teacher and student, ‖φ − θ‖" columns={['after', 'before']} layers={layers} values={[after, before]} />
}
