import { useCallback, useEffect, useMemo, useState } from 'react'
import { countsIn, isUsedBy, type FieldName, type Recipe } from '../../../recipe/recipe'
import type { Views } from '../../../state/album'
import { FieldControl } from '../../controls/field-control'
import { useAlbum, usePlayground } from '../../playground-context'
import { Canvas, type Draw } from '../../widgets/canvas'
import shared from '../../widgets/shared.module.css'
import styles from './view-preview.module.css'

const SIDE = 32
const LARGE = 116
const SMALL = 58
/** The settings that shape a view, in the order in which they are on show. */
const SETTINGS: readonly FieldName[] = [
  'cropMinimum', 'jitter', 'grayscale', 'smallViews', 'smallViewSize', 'smallCropMinimum',
  'labelledCropMinimum', 'labelledJitter', 'labelledGrayscale',
]

/** What views are for, where two of one picture are not held against each other. */
const WORDS: { readonly [Method in Recipe['method']]?: string } = {
  supervised: 'Only the labelled view teaches here.',
  s4l: 'The network sees the view in four quarter turns and guesses each; a labelled view also has its class to say.',
}

/** A picture and the views that a step would cut from it, as the device cuts them. */
export default function ViewPreview() {
  const album = usePlayground((state) => state.dataset?.album)
  const pictures = usePlayground((state) => state.dataset?.pool.classes.length ?? 0)
  const form = usePlayground((state) => state.form)
  const [chosen, setPosition] = useState(0)
  const [throwOf, setThrow] = useState(1)
  const position = Math.min(chosen, Math.max(0, pictures - 1))
  if (album === undefined || pictures === 0) return <p>No pictures yet.</p>
  return (
    <div className={styles.preview}>
      <div className={styles.views}>
        <div className={styles.buttons}>
          <button type="button" className={shared.button} onClick={() => setPosition((position + 1) % pictures)}>
            Another picture
          </button>
          <button type="button" className={shared.button} onClick={() => setThrow(throwOf + 1)}>
            Throw again
          </button>
        </div>
        <Cut album={album} position={position} throwOf={throwOf} />
      </div>
      <div className={styles.settings} role="group" aria-label="How views are cut">
        {SETTINGS.filter((name) => countsIn(name, form)).map((name) => (
          <FieldControl key={name} name={name} />
        ))}
      </div>
    </div>
  )
}

/** The picture above its views. */
function Cut({ album, position, throwOf }: { album: number; position: number; throwOf: number }) {
  const method = usePlayground((state) => state.form.method)
  const dataset = usePlayground((state) => state.dataset)
  const original = useOriginal(album, position)
  const views = useViews(album, position, throwOf)
  const name = dataset?.classNames[dataset.pool.classes[position] ?? 0] ?? ''
  const full = views?.views.full
  const pairs = method !== 's4l'
  const tile = (index: number) => full?.slice(index * SIDE * SIDE * 4, (index + 1) * SIDE * SIDE * 4)
  return (
    <>
      <div className={styles.row}>
        <Picture rgba={original} side={SIDE} shown={LARGE} title="the picture" label={`A picture of ${name}`} />
        {isUsedBy('labelledCropMinimum', method) && (
          <Picture rgba={tile(0)} side={SIDE} shown={LARGE} title="labelled view" label={`Labelled view of ${name}`} />
        )}
      </div>
      {isUsedBy('unlabelledBatch', method) && (
        <div className={styles.row}>
          <Picture rgba={tile(1)} side={SIDE} shown={LARGE} title={pairs ? 'global view 1' : 'global view'} label={`${pairs ? 'First global' : 'Global'} view of ${name}`} />
          {pairs && <Picture rgba={tile(2)} side={SIDE} shown={LARGE} title="global view 2" label={`Second global view of ${name}`} />}
        </div>
      )}
      {isUsedBy('smallViews', method) && views && <SmallViews views={views.views} name={name} />}
      <p className={styles.words}>
        {WORDS[method] ?? 'Both global views come from one picture: what the network says of the one, it has to say of the other.'}
      </p>
    </>
  )
}

function SmallViews({ views: { small, smallSide }, name }: { views: Views['views']; name: string }) {
  const bytes = smallSide * smallSide * 4
  return (
    <div className={styles.row}>
      {Array.from({ length: small.length / bytes }, (_, view) => (
        <Picture
          key={view}
          rgba={small.slice(view * bytes, (view + 1) * bytes)}
          side={smallSide}
          shown={SMALL}
          label={`Small view ${view + 1} of ${name}`}
        />
      ))}
    </div>
  )
}

interface PictureProps {
  rgba?: Uint8ClampedArray<ArrayBuffer>
  /** Of the picture itself, and on the page. */
  side: number
  shown: number
  title?: string
  label: string
}

function Picture({ rgba, side, shown, title, label }: PictureProps) {
  const size = useMemo(() => ({ width: shown, height: shown }), [shown])
  const draw = useCallback<Draw>(
    (context, _, colour) => {
      context.fillStyle = colour('--well')
      context.fillRect(0, 0, shown, shown)
      if (!rgba) return
      const own = document.createElement('canvas')
      own.width = own.height = side
      own.getContext('2d')?.putImageData(new ImageData(rgba, side, side), 0, 0)
      context.imageSmoothingEnabled = false
      context.drawImage(own, 0, 0, shown, shown)
    },
    [rgba, side, shown],
  )
  return (
    <figure className={styles.picture}>
      <Canvas size={size} draw={draw} label={label} />
      {title && <figcaption>{title}</figcaption>}
    </figure>
  )
}

/** The picture itself, once it has come. */
function useOriginal(number: number, position: number): Uint8ClampedArray<ArrayBuffer> | undefined {
  const { album, version } = useAlbum()
  useEffect(() => album.want(number, [position]), [album, number, position])
  return useMemo(() => (version < 0 ? undefined : album.tile(number, position)), [album, version, number, position])
}

/** Asks for the views whenever what shapes them moves; the last ones stay until the new ones come. */
function useViews(number: number, position: number, throwOf: number): Views | undefined {
  const { album } = useAlbum()
  const form = usePlayground((state) => state.form)
  const ready = usePlayground((state) => state.backend !== undefined)
  useEffect(() => {
    if (ready) album.cut(number, position, form, throwOf)
  }, [album, number, position, form, throwOf, ready])
  return album.views?.album === number && album.views.position === position ? album.views : undefined
}
