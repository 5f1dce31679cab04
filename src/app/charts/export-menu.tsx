import { useRef } from 'react'
import type { PlaygroundState } from '../../state/playground'
import { csvOf } from '../../state/csv'
import { usePlaygroundStore, useSeries } from '../playground-context'
import shared from '../widgets/shared.module.css'
import styles from './charts.module.css'
import type { ChartDescription } from './lines'
import { flagsOf } from './marks'
import { pictureOf } from './picture'
import { saveAs } from './save'

/** The numbers and the charts as files, every reading in them. */
export function ExportMenu({ descriptions }: { descriptions: readonly ChartDescription[] }) {
  const store = usePlaygroundStore()
  const { series } = useSeries(1_000)
  const menu = useRef<HTMLDivElement>(null)

  function saveNumbers() {
    saveAs(`${nameOf(store.getState())}.csv`, new Blob([csvOf(series.columns)], { type: 'text/csv' }))
  }
  function picture() {
    const { run, smoothing, logScale } = store.getState()
    const flags = flagsOf(run.marks, run.moments)
    const colour = (name: string) => colourOn(menu.current ?? document.documentElement, name)
    return pictureOf({ descriptions, columns: series.columns, flags, smoothing, log: logScale, colour })
  }
  function saveDrawing() {
    saveAs(`${nameOf(store.getState())}.svg`, new Blob([picture().svg], { type: 'image/svg+xml' }))
  }
  async function saveImage() {
    const name = `${nameOf(store.getState())}.png`
    const { svg, width, height } = picture()
    saveAs(name, await rendered(svg, width, height))
  }

  return (
    <>
      <button type="button" className={styles.tool} popoverTarget="export" disabled={series.columns.steps.length === 0}>
        Save…
      </button>
      <div ref={menu} id="export" popover="auto" className={`${shared.popover} ${styles.export}`} aria-label="Save numbers and charts">
        <p>Every reading of the run, none left out.</p>
        <button type="button" className={shared.button} onClick={saveNumbers}>Numbers (CSV)</button>
        <button type="button" className={shared.button} onClick={saveDrawing}>Charts (SVG)</button>
        <button type="button" className={shared.button} onClick={() => void saveImage()}>Charts (PNG)</button>
      </div>
    </>
  )
}

/** “suave-shapes-seed-1-step-412” */
function nameOf({ run, form }: PlaygroundState): string {
  const { method, dataset, seed } = run.recipe ?? form
  return `${method}-${dataset}-seed-${seed}-step-${run.step}`
}

/** The value behind “var(--ink)” at a place of the page as it looks now. */
function colourOn(place: Element, name: string): string {
  const property = /--[\w-]+/.exec(name)?.[0]
  return property ? getComputedStyle(place).getPropertyValue(property).trim() : name
}

/** An SVG drawing at twice its size, as print and screens of high density want it. */
async function rendered(svg: string, width: number, height: number): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = 2 * width
  canvas.height = 2 * height
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser could not make a PNG of the charts.'))), 'image/png')
  })
}
