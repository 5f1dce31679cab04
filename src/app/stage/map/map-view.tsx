import { useMemo, useRef, useState } from 'react'
import { pointsOf, type EmbeddingMap, type NeighbourMap } from '../../../state/embedding-maps'
import type { Gallery, Snapshot } from '../../../state/pictures'
import { count, percent } from '../../format'
import { usePlayground } from '../../playground-context'
import { Measure, Measures } from '../../widgets/measures'
import { Segmented } from '../../widgets/segmented'
import { useSize } from '../../widgets/use-size'
import { usePrototypeNames } from '../prototype-names'
import { SnapshotView } from '../snapshot-view'
import { ChosenPictures } from './chosen-pictures'
import type { Looks, Star } from './draw-map'
import { onPlot, WHOLE } from './geometry'
import { COLOURINGS, groupingOf, sentenceOf, separationSentence, summaryOf, clusterName, type Colouring, type Known } from './groups'
import { Legend } from './legend'
import { markerOf } from './markers'
import styles from './map.module.css'
import { MapPlot } from './map-plot'
import { NeighbourPanel } from './neighbour-panel'
import { useEmbeddingMaps, type ShownMaps } from './use-embedding-maps'
import { useSteadyFrame } from './use-steady-frame'
import { ZoomButtons } from './zoom-buttons'

const LAYOUTS = [
  { value: 'components', label: 'PCA, live' },
  { value: 'neighbours', label: 'UMAP' },
] as const
type Layout = (typeof LAYOUTS)[number]['value']

/** Milliseconds in which points glide to their next places. */
const GLIDE = { live: 450, progress: 100 }
const NOTHING: readonly number[] = []

/** Where the pictures of the gallery lie by their features, and the prototypes among them. */
export default function MapView() {
  return (
    <SnapshotView invitation="Take a step or train: the map then shows where the network puts the pictures.">
      {(seen) => <Maps {...seen} />}
    </SnapshotView>
  )
}

function Maps({ snapshot, gallery }: { snapshot: Snapshot; gallery: Gallery }) {
  const classNames = usePlayground((state) => state.run.classNames)
  const shown = useEmbeddingMaps(snapshot, gallery, classNames.length)
  const [layout, setLayout] = useState<Layout>('components')
  const { map, trouble } = shown
  if (!map) return <p className={styles.waiting}>{trouble ?? 'The first map is being drawn…'}</p>
  return <Drawn {...{ snapshot, gallery, classNames, shown, map, layout }} onLayout={setLayout} />
}

interface DrawnProps {
  snapshot: Snapshot
  gallery: Gallery
  classNames: readonly string[]
  shown: ShownMaps
  map: EmbeddingMap
  layout: Layout
  onLayout: (layout: Layout) => void
}

function Drawn({ snapshot, gallery, classNames, shown, map: newest, layout, onLayout }: DrawnProps) {
  const { maps, neighbours, trouble } = shown
  const { labels, labelled } = gallery.train
  const onNeighbours = layout === 'neighbours'
  const map = (onNeighbours && neighbours?.of) || newest
  const names = usePrototypeNames()
  const known = useMemo<Known>(() => ({ map, labels, labelled, classNames, names }), [map, labels, labelled, classNames, names])
  const [colouring, setColouring] = useState<Colouring>('class')
  const [focus, setFocus] = useState<number>()
  const [chosen, setChosen] = useState(NOTHING)
  const [viewport, setViewport] = useState(WHOLE)
  const grouping = useMemo(() => groupingOf(known, colouring), [known, colouring])
  const pictures = useMemo(
    () => (focus === undefined ? chosen : [...labels.keys()].filter((picture) => grouping.of[picture] === focus)),
    [focus, chosen, labels, grouping],
  )
  const looks = useMemo<Omit<Looks, 'zoom'>>(() => ({
    grouping, labelled, focus, chosen: new Set(chosen),
    stars: starsOf(known, colouring),
  }), [grouping, labelled, focus, chosen, known, colouring])
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const places = usePlaces(map, onNeighbours ? neighbours : undefined, size)

  function choose(list: readonly number[]) {
    setFocus(undefined)
    setChosen(list)
  }

  return (
    <>
      <div className={styles.bar}>
        <Segmented label="Layout" labelHidden options={LAYOUTS} value={layout} onChange={onLayout} />
        <Segmented
          label="Colours" labelHidden options={COLOURINGS} value={colouring}
          onChange={(next) => {
            setFocus(undefined)
            setColouring(next)
          }}
        />
        <ZoomButtons {...{ viewport, size }} onViewport={setViewport} />
      </div>
      <div className={styles.map}>
        <div ref={box} className={styles.plot}>
          {size.width > 0 && (
            <MapPlot
              {...{ places, size, looks, viewport }}
              sheet={gallery.train}
              glide={onNeighbours ? GLIDE.progress : GLIDE.live}
              label={describe(known, onNeighbours)}
              sentenceOf={(picture) => sentenceOf(known, picture)}
              onViewport={setViewport}
              onChoose={choose}
            />
          )}
        </div>
        <aside className={styles.side} aria-label="Of the map">
          <Legend groups={grouping.groups} focus={focus} onFocus={(group) => {
            setChosen(NOTHING)
            setFocus(group)
          }} />
          <ChosenPictures
            sheet={gallery.train} pictures={pictures} summary={summaryOf(known, pictures)} choice={focus ?? chosen}
            onClear={() => choose(NOTHING)}
          />
        </aside>
      </div>
      {trouble && <p role="alert">{trouble}</p>}
      {onNeighbours
        ? (
          <NeighbourPanel
            neighbours={neighbours} step={newest.step}
            onStart={() => maps.drawNeighbours(snapshot.recipe.seed)} onCancel={() => maps.cancelNeighbours()}
          />
        )
        : (
          <Measures label={`Measures at step ${count(map.step)}`}>
            <Measure name="of the variance on the first component" value={percent(map.explained[0])} />
            <Measure name="on the second" value={percent(map.explained[1])} />
          </Measures>
        )}
      <p className={styles.separation}>{separationSentence(known)}</p>
    </>
  )
}

/** The prototypes in their groups’ colours, or, where colours tell errors, in none. */
function starsOf(known: Known, colouring: Colouring): Star[] {
  return Array.from({ length: known.map.stars.length / 2 }, (_, k) =>
    ({ name: clusterName(known, k), colour: colouring === 'error' ? '--surface' : markerOf(k).colour }))
}

/** Where pictures, then prototypes stand on the plot. */
function usePlaces(map: EmbeddingMap, neighbours: NeighbourMap | undefined, size: { width: number; height: number }): Float32Array {
  const components = useMemo(() => pointsOf(map), [map])
  const points = neighbours?.points ?? components
  const frame = useSteadyFrame(points)
  return useMemo(() => onPlot(points, frame, size), [points, frame, size])
}

function describe(known: Known, onNeighbours: boolean): string {
  const { map: { step, stars, explained }, labels } = known
  const stand = stars.length > 0 ? ` and ${count(stars.length / 2)} prototypes` : ''
  const how = onNeighbours
    ? 'drawn by UMAP'
    : `on the plane of the first two principal components, ${percent(explained[0] + explained[1])} of the variance`
  return `Map of ${count(labels.length)} pictures${stand} at step ${count(step)}, ${how}. ${separationSentence(known)}`
}
