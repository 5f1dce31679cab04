import { useRef } from 'react'
import { splitNames } from '../../recipe/class-choice'
import type { Gathering } from '../../state/pictures'
import { count, megabytes } from '../format'
import { usePlayground } from '../playground-context'
import { pathsOf } from '../dropped-files'
import styles from './picture-sources.module.css'

/** What a picture of CIFAR takes as Hugging Face packs it. */
const PACKED_BYTES = 2_400

/** What browsers read and React’s types do not know. */
const WHOLE_FOLDER = { webkitdirectory: '' }

/** The ways in which pictures come: fetched, or chosen on this machine; and how far they are. */
export function PictureSources() {
  const gathering = usePlayground((state) => state.gathering)
  return (
    <>
      {gathering ? <Progress gathering={gathering} /> : <FetchButton />}
      <FileButtons />
      <WayOut />
    </>
  )
}

/** CIFAR by a click, where it is not here yet or not enough of it. */
function FetchButton() {
  const form = usePlayground((state) => state.form)
  const dataset = usePlayground((state) => state.dataset)
  const isProblem = usePlayground((state) => state.dataProblem !== undefined)
  const fetchPictures = usePlayground((state) => state.fetchPictures)
  if (form.dataset !== 'cifar10' && form.dataset !== 'cifar100') return null
  const isHere = dataset?.dataset === form.dataset
  const chosen = splitNames(form.classes).length
  const classes = chosen || dataset?.choosable.length || 0
  // Labels that are too many for the size of the run are no lack of pictures.
  const areMissing = isProblem && form.labelsPerClass * classes <= form.trainSize
  if (isHere && (!dataset.grows || (!areMissing && dataset.split.train === form.trainSize))) return null
  const here = isHere ? dataset.available.train : 0
  // The classes lie mixed in the file: few of them are found among many others.
  const share = isHere ? classes / dataset.choosable.length : 1
  const bytes = Math.max(0, (form.trainSize + form.testSize) / share - here) * PACKED_BYTES
  return (
    <button type="button" className={styles.fetch} onClick={fetchPictures}>
      {isHere ? 'Get the rest' : 'Get it'} from Hugging Face <span className={styles.size}>about {megabytes(bytes)}</span>
    </button>
  )
}

function Progress({ gathering }: { gathering: Gathering }) {
  const cancel = usePlayground((state) => state.cancelGathering)
  const { from, bytes, pictures, usable, wanted, isKeeping } = gathering
  const done = from === 'hugging-face' ? usable : pictures
  return (
    <div className={styles.gathering}>
      <progress className={styles.bar} aria-label="Pictures on their way" max={wanted || 1} value={wanted ? Math.min(done ?? 0, wanted) : undefined} />
      <span className={styles.size}>
        {isKeeping ? 'Keeping ' : ''}
        {count(pictures)} pictures{bytes > 0 && `, ${megabytes(bytes)}`}
        {from === 'hugging-face' && (usable ?? 0) > 0 && ' – Train can start'}
      </span>
      <button type="button" className={styles.cancel} onClick={cancel}>
        Stop
      </button>
    </div>
  )
}

function FileButtons() {
  const load = usePlayground((state) => state.load)
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const take = ({ target }: React.ChangeEvent<HTMLInputElement>) => {
    const chosen = pathsOf([...(target.files ?? [])])
    target.value = ''
    if (chosen.length > 0) void load(chosen)
  }
  return (
    <div className={styles.files}>
      <button type="button" className={styles.choose} title="A CIFAR archive or its batches, or a zip with one folder for each class" onClick={() => files.current?.click()}>
        Archive or zip…
      </button>
      <button type="button" className={styles.choose} title="A folder with one folder of pictures for each class" onClick={() => folder.current?.click()}>
        Folder…
      </button>
      <input ref={files} type="file" multiple hidden aria-label="Files of pictures" onChange={take} />
      <input ref={folder} type="file" {...WHOLE_FOLDER} hidden aria-label="Folder of pictures" onChange={take} />
    </div>
  )
}

/** Where fetching failed, the built-in set is there. */
function WayOut() {
  const unfetched = usePlayground((state) => state.unfetched)
  const dataset = usePlayground((state) => state.form.dataset)
  const setField = usePlayground((state) => state.setField)
  if (!unfetched || unfetched !== dataset) return null
  return (
    <button type="button" className={styles.fetch} onClick={() => setField('dataset', 'shapes')}>
      Use the built-in Shapes
    </button>
  )
}
