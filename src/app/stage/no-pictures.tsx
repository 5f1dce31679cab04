import { useRef } from 'react'
import { fieldOf } from '../../recipe/recipe'
import { pathsOf } from '../dropped-files'
import { usePlayground } from '../playground-context'
import shared from '../widgets/shared.module.css'
import styles from './stage.module.css'

/** Whether the form asks for pictures that are not here. */
export function useMissingPictures(): boolean {
  return usePlayground((state) => state.dataProblem !== undefined && state.dataset?.dataset !== state.form.dataset)
}

/** In place of pictures that are not here: why, and the ways on. */
export function NoPictures() {
  const problem = usePlayground((state) => state.dataProblem)
  const dataset = usePlayground((state) => state.form.dataset)
  const coming = usePlayground((state) => state.gathering?.from)
  const setField = usePlayground((state) => state.setField)
  const fetchPictures = usePlayground((state) => state.fetchPictures)
  const load = usePlayground((state) => state.load)
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className={styles.missing}>
      <h3>No pictures of {nameOf(dataset)} yet</h3>
      <p>{problem}</p>
      <div>
        {(dataset === 'cifar10' || dataset === 'cifar100') && coming !== 'files' && (
          <button type="button" className={shared.primary} disabled={coming !== undefined} onClick={fetchPictures}>
            {coming ? 'Fetching…' : 'Get it from Hugging Face'}
          </button>
        )}
        {coming !== 'hugging-face' && (
          <button type="button" className={shared.button} disabled={coming !== undefined} onClick={() => input.current?.click()}>
            {coming ? 'Reading files…' : `Drop ${dataset === 'own' ? 'a zip or folder' : 'the archive'} here, or choose it`}
          </button>
        )}
        <button type="button" className={shared.button} onClick={() => setField('dataset', 'shapes')}>
          Use Shapes instead
        </button>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files of pictures"
        onChange={(event) => void load(pathsOf([...(event.target.files ?? [])]))}
      />
    </div>
  )
}

function nameOf(dataset: string): string {
  const field = fieldOf('dataset')
  const option = field.kind === 'choice' ? field.options.find(({ value }) => value === dataset) : undefined
  return option?.label ?? dataset
}
