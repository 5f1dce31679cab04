import { useRef, useState } from 'react'
import { successorOf } from '../../recipe/naming'
import { fieldOf } from '../../recipe/recipe'
import { usePlayground } from '../playground-context'
import styles from './checkpoint-panel.module.css'

/** Keeps what a run has learned, and starts another run from it. */
export function CheckpointPanel() {
  const method = usePlayground((state) => state.learned?.method)
  const save = usePlayground((state) => state.save)
  const startFrom = usePlayground((state) => state.startFrom)
  const [projector, setProjector] = useState(false)
  const successor = method && successorOf(method)
  return (
    <details className={styles.folded}>
      <summary>Checkpoint</summary>
      <p className={styles.words}>
        What a run has learned can be kept as a file, and be where another run starts. The encoder goes along; the
        prototypes always start anew.
      </p>
      <div className={styles.buttons}>
        <button type="button" className={styles.button} disabled={!method} onClick={save}>
          Save checkpoint
        </button>
        <button
          type="button"
          className={styles.button}
          disabled={!method}
          onClick={() => startFrom({ from: 'run', projector }, successor)}
        >
          {successor ? `Continue as ${labelOf(successor)}` : 'Start from this run'}
        </button>
        <FileButton onChoose={(file) => startFrom({ from: file, projector })} />
      </div>
      <label className={styles.choice}>
        <input type="checkbox" checked={projector} onChange={(event) => setProjector(event.target.checked)} />
        Take the projector along
      </label>
    </details>
  )
}

function FileButton({ onChoose }: { onChoose: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" className={styles.button} onClick={() => input.current?.click()}>
        Start from checkpoint…
      </button>
      <input
        ref={input}
        type="file"
        accept=".ckpt"
        hidden
        aria-label="Checkpoint file"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) onChoose(file)
        }}
      />
    </>
  )
}

function labelOf(method: string): string {
  const field = fieldOf('method')
  return (field.kind === 'choice' && field.options.find(({ value }) => value === method)?.label) || method
}
