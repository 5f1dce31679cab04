import { useRef } from 'react'
import { fieldOf } from '../../recipe/recipe'
import { count } from '../format'
import { usePlayground } from '../playground-context'
import { PictureSheet } from '../widgets/picture-sheet'
import { ChoiceControl } from './choice-control'
import styles from './controls.module.css'
import { FieldControl } from './field-control'

/** Two rows of pictures: the stage shows more of them. */
const SHEET_HEIGHT = 52

/** Which pictures, how many of them, and how many with a label. */
export function PicturesPanel() {
  const dataset = usePlayground((state) => state.form.dataset)
  const field = fieldOf('dataset')
  return (
    <section className={styles.panel} aria-labelledby="pictures-heading">
      <h2 id="pictures-heading" className={styles.eyebrow}>
        Pictures
      </h2>
      {field.kind === 'choice' && <ChoiceControl name="dataset" field={field} labelHidden />}
      <FilePicker />
      <PictureSheet height={SHEET_HEIGHT} />
      <SplitInWords />
      {dataset === 'shapes' && <FieldControl name="meaning" />}
      <FieldControl name="classes" />
      <FieldControl name="trainSize" />
      <FieldControl name="labelsPerClass" />
    </section>
  )
}

function FilePicker() {
  const input = useRef<HTMLInputElement>(null)
  const loading = usePlayground((state) => state.loading)
  const load = usePlayground((state) => state.load)
  return (
    <>
      <button type="button" className={styles.files} disabled={loading} onClick={() => input.current?.click()}>
        {loading ? 'Reading files…' : 'Choose or drop a CIFAR archive'}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="CIFAR files"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) load(files)
        }}
      />
    </>
  )
}

function SplitInWords() {
  const dataset = usePlayground((state) => state.dataset)
  if (!dataset) return <p className={styles.words}>No pictures yet.</p>
  const { split, name } = dataset
  return (
    <p className={styles.words}>
      {name}: <b className={styles.labelledWord}>{count(split.labelled)} with a label</b>,{' '}
      {count(split.train - split.labelled)} without, {count(split.test)} to test.
    </p>
  )
}
