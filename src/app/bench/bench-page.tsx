import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { measureInWorker, ratiosOf, sectionsOf, type BenchEvent, type Section } from '../../state/bench'
import { firstTheme, wearTheme, whenSystemChanges } from '../../state/theme'
import shared from '../widgets/shared.module.css'
import styles from './bench-page.module.css'

/** Timed steps of each contestant, unless the address says otherwise: `?bench&rounds=3&parts=step,wasm`. */
const ROUNDS = 10
const PARTS = ['step', 'kernels', 'growth', 'wasm'] as const

function askedFor(address: URLSearchParams) {
  const rounds = Number(address.get('rounds'))
  const named = address.get('parts')?.split(',') ?? []
  const parts = PARTS.filter((part) => named.includes(part))
  return { rounds: Number.isInteger(rounds) && rounds > 0 ? rounds : ROUNDS, parts: parts.length > 0 ? parts : PARTS }
}

/** Shows the page on which a visitor measures the training step on a GPU of their own. */
export function mountBench(root: HTMLElement): void {
  wearTheme(firstTheme())
  whenSystemChanges(wearTheme)
  document.title = 'How fast is a training step here?'
  createRoot(root).render(<BenchPage />)
}

function BenchPage() {
  const [event, setEvent] = useState<BenchEvent>()
  const [withoutJax, setWithoutJax] = useState(false)
  const measure = () => {
    setEvent({ kind: 'measuring', what: 'the programs are loaded' })
    measureInWorker({ ...askedFor(new URLSearchParams(location.search)), withoutJax }, setEvent)
  }
  return (
    <main className={styles.page}>
      <h1>How fast is a training step here?</h1>
      <p>
        The same step of Suave, from the same first values on the same pictures, by this playground, by TensorFlow.js
        with its own kernels, and by jax-js, one after the other on this machine’s GPU. Their losses have to agree. It
        takes a minute or two; other work on the machine disturbs it.
      </p>
      <label>
        <input type="checkbox" checked={withoutJax} onChange={({ target }) => setWithoutJax(target.checked)} /> Leave jax-js out
      </label>
      <button type="button" className={shared.primary} disabled={event?.kind === 'measuring'} onClick={measure}>
        Measure
      </button>
      <p role="status">{event && sentenceOf(event)}</p>
      {event?.kind === 'measured' && (
        <>
          {sectionsOf(event.result).map((section) => <Figures key={section.heading} {...section} />)}
          <Copy text={JSON.stringify({ ...event.result, ratios: ratiosOf(event.result), browser: navigator.userAgent }, null, 2)} />
        </>
      )}
      <p><a href={location.pathname}>To the playground</a></p>
    </main>
  )
}

function sentenceOf(event: BenchEvent): string {
  if (event.kind === 'failed') return event.sentence
  if (event.kind === 'measuring') return `Measuring: ${event.what} …`
  const { adapter, software } = event.result
  return software ? `Measured on ${adapter}: a processor in disguise, whose times say nothing about a GPU.` : `Measured on ${adapter}.`
}

function Figures({ heading, columns, rows }: Section) {
  return (
    <div className={styles.figures} role="region" aria-label={heading} tabIndex={0}>
      <table>
        <caption>{heading}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((column) => <th key={column} scope="col">{column}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ what, values }) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              {values.map((value, i) => <td key={columns[i]}>{value}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Copies the result, with the adapter’s name, for whoever collects such figures. */
function Copy({ text }: { text: string }) {
  const [copied, setCopied] = useState<boolean>()
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true), () => setCopied(false))
  return (
    <>
      <button type="button" className={shared.button} onClick={copy}>Copy the result</button>
      <span role="status">{copied === true && 'Copied.'}{copied === false && 'The browser does not let the page copy; select the text below.'}</span>
      {copied === false && <textarea readOnly className={styles.text} aria-label="The result" value={text} />}
    </>
  )
}
