import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { nearestTo, winnersOf, type Prototype } from '../../../state/prototypes'
import { count, decimal, percent } from '../../format'
import shared from '../../widgets/shared.module.css'
import { TileGrid } from '../../widgets/tile-grid/tile-grid'
import type { PrototypeNames } from '../prototype-names'
import { ClassStrip, Swatch } from './class-strip'
import { GalleryTiles } from './gallery-tiles'
import styles from './prototypes.module.css'
import type { Survey } from './use-survey'
import { majorityOf } from './words'

/** Classes that the legend names. */
const NAMED_CLASSES = 5
/** Pictures on show when they need not be members. */
const NEAREST = 100

/** Which pictures: all members, those of one class, or the nearest ones, whoever wins them. */
type Choice = 'members' | 'nearest' | number

interface Props {
  survey: Survey
  prototype: Prototype
  classNames: readonly string[]
  names: PrototypeNames
  onClose: () => void
}

/** All pictures that a prototype wins, the nearest first. Escape leads back. */
export function PrototypeGallery(props: Props) {
  const { survey, prototype, classNames, names, onClose } = props
  const root = useRef<HTMLElement>(null)
  const { index, members } = prototype
  const [choice, setChoice] = useState<Choice>(members.length > 0 ? 'members' : 'nearest')
  const pictures = usePictures(survey, prototype, choice)
  const winners = useMemo(() => winnersOf(survey.prototypes, survey.gallery.train.count), [survey])
  const name = names.of(index)
  useEffect(() => root.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus(), [])

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onClose()
  }

  function sentenceOf(tile: number): string {
    const { snapshot: { scores, prototypes }, gallery: { train, positions } } = survey
    const picture = pictures[tile]!
    const label = train.labelled[picture] === 1 ? 'labelled' : 'no label'
    const winner = winners[picture]!
    const other = winner === index || winner < 0 ? '' : ` ${names.of(winner)} wins it.`
    const cosine = decimal(scores[picture * prototypes + index], 3)
    return `Picture ${count(positions[picture]! + 1)}: ${classNames[train.labels[picture]!]}, ${label}. Cosine ${cosine}.${other}`
  }

  return (
    <section ref={root} className={styles.gallery} aria-label={`Pictures of ${name}`} onKeyDown={onKeyDown}>
      <header className={styles.bar}>
        <button type="button" className={shared.button} title="Key Escape" onClick={onClose}>
          ← All prototypes
        </button>
        <Title {...props} />
        <PictureChoice {...{ prototype, classNames, choice }} onChange={setChoice} />
      </header>
      <ClassStrip classes={prototype.classes} />
      <Classes prototype={prototype} classNames={classNames} />
      <TileGrid label={`Pictures of ${name}, the nearest first`} count={pictures.length} sentenceOf={sentenceOf} empty="It wins no such picture.">
        {(window) => <GalleryTiles {...{ pictures, winners, index, window }} sheet={survey.gallery.train} />}
      </TileGrid>
    </section>
  )
}

function usePictures({ snapshot, gallery: { train } }: Survey, { index, members }: Prototype, choice: Choice): readonly number[] {
  return useMemo(() => {
    if (choice === 'members') return members
    return choice === 'nearest' ? nearestTo(snapshot, index, NEAREST) : members.filter((picture) => train.labels[picture] === choice)
  }, [snapshot, train, index, members, choice])
}

function Title({ survey: { gallery }, prototype, classNames, names }: Props) {
  const { index, members, usage, sharpness } = prototype
  const { text, mood } = majorityOf(prototype, classNames, names)
  return (
    <>
      <h2>{names.of(index)}</h2>
      <p data-mood={mood} className={styles.majority}>{text}</p>
      <p>
        wins <b>{count(members.length)}</b> of {count(gallery.train.count)} pictures ({percent(usage)}), sharpness <b>{decimal(sharpness)}</b>
      </p>
    </>
  )
}

function PictureChoice({ prototype: { members, classes }, classNames, choice, onChange }: {
  prototype: Prototype
  classNames: readonly string[]
  choice: Choice
  onChange: (choice: Choice) => void
}) {
  const chosen = (value: string): Choice => (value === 'members' || value === 'nearest' ? value : Number(value))
  return (
    <label>
      Pictures
      <select value={choice} onChange={({ target }) => onChange(chosen(target.value))}>
        <option value="members">that it wins ({count(members.length)})</option>
        {classes.map(({ label, count: some }) => (
          <option key={label} value={label}>
            of {classNames[label]} ({count(some)})
          </option>
        ))}
        <option value="nearest">nearest, whoever wins them</option>
      </select>
    </label>
  )
}

function Classes({ prototype: { members, classes }, classNames }: { prototype: Prototype; classNames: readonly string[] }) {
  return (
    <ul className={styles.classes} aria-label="True classes of the pictures that it wins">
      {classes.slice(0, NAMED_CLASSES).map(({ label, count: some }) => (
        <li key={label}>
          <Swatch label={label} />
          {classNames[label]} {percent(some / members.length)}
        </li>
      ))}
      {classes.length > NAMED_CLASSES && <li>{classes.length - NAMED_CLASSES} more</li>}
      {classes.length === 0 && <li>none</li>}
    </ul>
  )
}
