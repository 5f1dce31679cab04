import { useCallback, useEffect, useMemo } from 'react'
import { useTestPictures } from '../../playground-context'
import { Canvas, type Draw } from '../../widgets/canvas'
import { TileGrid, type TileWindow } from '../../widgets/tile-grid/tile-grid'
import { drawTiles, type Tile } from '../../widgets/tile-grid/draw-tiles'
import type { Reading } from './answers-view'
import { guessesOf } from './called'
import styles from './confusion.module.css'

interface Props {
  reading: Reading
  /** The test pictures to show. */
  positions: readonly number[]
  /** What they have in common. */
  title: string
}

/** Some of the test pictures, each with what it is taken for. */
export function CellPictures({ reading, positions, title }: Props) {
  const { sheet: { runId, part, answers }, classNames, nameOf } = reading

  function sentenceOf(tile: number): string {
    const picture = positions[tile]!
    const guesses = guessesOf(answers, picture).map(({ prototype, probability }) => `${nameOf(prototype)} ${probability.toFixed(2)}`)
    return `Picture ${picture + 1}, ${classNames[part.labels[picture]!]}: ${guesses.join(', ')}`
  }

  return (
    <section className={styles.pictures} aria-label="Pictures of the cell">
      <h3>{title}</h3>
      <TileGrid label={title} count={positions.length} sentenceOf={sentenceOf} empty="No picture is in this cell.">
        {(window) => <Pictures runId={runId} positions={positions} window={window} />}
      </TileGrid>
    </section>
  )
}

/** Draws the tiles on screen, and asks for the pictures that are missing. */
function Pictures({ runId, positions, window }: { runId: number; positions: readonly number[]; window: TileWindow }) {
  const { first, count, columns, offset, size } = window
  const { pictures, version } = useTestPictures()
  const shown = useMemo(() => positions.slice(first, first + count), [positions, first, count])
  useEffect(() => pictures.want(runId, shown), [pictures, runId, shown])
  const tiles = useMemo(
    // `version` moves when pictures have come.
    () => shown.map((position): Tile => ({ rgba: version < 0 ? undefined : pictures.tile(runId, position), label: 'none' })),
    [pictures, version, runId, shown],
  )
  const draw = useCallback<Draw>((context, _, colour) => drawTiles(context, tiles, { columns, offset }, colour), [tiles, columns, offset])
  return <Canvas size={size} draw={draw} label="" />
}
