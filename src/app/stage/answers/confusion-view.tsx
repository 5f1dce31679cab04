import { useMemo } from 'react'
import type { ConfusionCell, NamingChoice } from '../../../state/confusion-slice'
import type { AnswerSheet } from '../../../state/pictures'
import { count, percent } from '../../format'
import { usePlayground } from '../../playground-context'
import { Announcement } from '../../widgets/announcement'
import type { Place } from '../../widgets/cell-grid/cell-cursor'
import { Measure, Measures } from '../../widgets/measures'
import { Segmented } from '../../widgets/segmented'
import { usePrototypeNames } from '../prototype-names'
import { AnswersView, useReading, type Reading } from './answers-view'
import { NAMELESS } from './called'
import { CellPictures } from './cell-pictures'
import styles from './confusion.module.css'
import { classLines, familyLines, matrixOf, picturesIn, SCALE, type Lines, type Matrix } from './matrix'
import { MatrixCanvas } from './matrix-canvas'
import { MatrixTable } from './matrix-table'

/** A larger matrix is drawn: so many cells would hold the page up. */
const MOST_TABLE_LINES = 20

const NAMINGS = [
  { value: 'identity', label: 'Identity order' },
  { value: 'hungarian', label: 'Hungarian order' },
] as const

/** What the test pictures are against what they are called, and the pictures of each cell. */
export default function ConfusionView() {
  return <AnswersView>{(sheet) => <Confusion sheet={sheet} />}</AnswersView>
}

function Confusion({ sheet }: { sheet: AnswerSheet }) {
  const names = usePrototypeNames()
  const naming = usePlayground((state) => state.namingChoice) ?? (names.named ? 'identity' : 'hungarian')
  const reading = useReading(sheet, naming)
  const lines = useLines(reading)
  const matrix = useMemo(() => {
    const { called, classes, sheet: { part } } = reading
    return matrixOf(part.labels, called, lines, classes.includes(NAMELESS))
  }, [reading, lines])
  const total = reading.called.length
  return (
    <>
      <div className={styles.top}>
        <NamingControl naming={naming} />
        {sheet.part.families && <LinesControl classes={reading.classNames.length} families={sheet.part.families.names.length} />}
        <Measures label={`Confusion at step ${count(sheet.answers.step)}`}>
          <Measure name="on the diagonal" value={`${count(matrix.right)} of ${count(total)}, ${percent(matrix.right / total)}`} />
          <Measure name="step" value={count(sheet.answers.step)} />
        </Measures>
      </div>
      <MatrixAndPictures reading={reading} matrix={matrix} naming={naming} />
    </>
  )
}

function NamingControl({ naming }: { naming: NamingChoice }) {
  const chooseNaming = usePlayground((state) => state.chooseNaming)
  return <Segmented label="Order of the columns" labelHidden options={NAMINGS} value={naming} onChange={chooseNaming} />
}

function LinesControl({ classes, families }: { classes: number; families: number }) {
  const lines = usePlayground((state) => state.matrixLines)
  const chooseLines = usePlayground((state) => state.chooseLines)
  const options = [
    { value: 'families', label: `${families} families` },
    { value: 'classes', label: `${classes} classes` },
  ] as const
  return <Segmented label="Rows and columns" labelHidden options={options} value={lines} onChange={chooseLines} />
}

function useLines({ sheet: { part: { families } }, classNames }: Reading): Lines {
  const chosen = usePlayground((state) => state.matrixLines)
  return useMemo(
    () => (families && chosen === 'families' ? familyLines(families) : classLines(classNames, families)),
    [families, chosen, classNames],
  )
}

function MatrixAndPictures({ reading, matrix, naming }: { reading: Reading; matrix: Matrix; naming: NamingChoice }) {
  const names = usePrototypeNames()
  const cell = usePlayground((state) => state.confusionCell)
  const chooseCell = usePlayground((state) => state.chooseCell)
  const { rows, lines, counts, columns, totals } = matrix
  const numbered = !names.named && naming === 'identity' && lines.kind === 'classes'
  const columnName = (column: number) =>
    column === rows ? 'no class' : numbered ? names.of(lines.of.indexOf(column)) : lines.names[column]!
  const chosen = useMemo(() => cell && placeOf(cell, lines), [cell, lines])
  const titleOf = ({ row, column }: Place) =>
    row === column && !numbered ? `${lines.names[row]}, called rightly` : `${lines.names[row]}, taken for ${columnName(column)}`
  const sentenceOf = (place: Place) =>
    `${titleOf(place)}: ${count(counts[place.row * columns + place.column]!)} of ${count(totals[place.row]!)}`
  const props = {
    matrix, columnName, sentenceOf, chosen, onChoose: (place: Place) => chooseCell(cellOf(place, lines)),
    label: `Confusion of ${rows} ${lines.kind}: what the test pictures are, against what they are called`,
  }
  const positions = useMemo(
    () => (chosen ? picturesIn(chosen, reading.sheet.part.labels, reading.called, lines) : []),
    [chosen, reading, lines],
  )
  return (
    <div className={styles.body}>
      <div className={rows > MOST_TABLE_LINES ? styles.large : styles.small}>
        {rows > MOST_TABLE_LINES ? <MatrixCanvas key={lines.kind} {...props} /> : <MatrixTable key={lines.kind} {...props} />}
        {rows <= MOST_TABLE_LINES && <Legend />}
      </div>
      <Announcement text={chosen ? sentenceOf(chosen) : ''} since={cell} />
      {chosen
        ? <CellPictures reading={reading} positions={positions} title={sentenceOf(chosen)} />
        : <p className={styles.hint}>Choose a cell: its pictures are shown here.</p>}
    </div>
  )
}

function Legend() {
  return (
    <p className={styles.legend}>
      share of the row:
      {SCALE.map(({ words }, ink) => (
        <span key={words}><i data-ink={ink} />{words}</span>
      ))}
    </p>
  )
}

function placeOf({ truth, called }: ConfusionCell, { kind, of, names }: Lines): Place {
  const line = (id: number) => (kind === 'families' ? id : of[id]!)
  return { row: line(truth), column: called === NAMELESS ? names.length : line(called) }
}

function cellOf({ row, column }: Place, { kind, of, names }: Lines): ConfusionCell {
  const id = (line: number) => (kind === 'families' ? line : of.indexOf(line))
  return { truth: id(row), called: column === names.length ? NAMELESS : id(column) }
}
