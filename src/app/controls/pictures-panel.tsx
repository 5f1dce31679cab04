import { fieldOf } from '../../recipe/recipe'
import { count } from '../format'
import { usePlayground } from '../playground-context'
import { PictureSheet } from '../widgets/picture-sheet'
import { ChoiceControl } from './choice-control'
import styles from './controls.module.css'
import { FieldControl } from './field-control'
import { KeptPictures } from './kept-pictures'
import { PictureSources } from './picture-sources'

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
      <PictureSources />
      <KeptPictures />
      <PictureSheet height={SHEET_HEIGHT} />
      <SplitInWords />
      {dataset === 'shapes' && <FieldControl name="meaning" />}
      <FieldControl name="classes" />
      <FieldControl name="trainSize" />
      <FieldControl name="labelsPerClass" />
    </section>
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
