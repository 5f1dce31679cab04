import { usePlayground } from '../playground-context'
import { BACKEND_NAMES, type BackendName, type KernelReport, type Wanted } from '../../state/backends'
import { isUnderWay } from '../../state/run'
import shared from '../widgets/shared.module.css'
import styles from './top-bar.module.css'

const TITLES: Record<BackendName, string> = { webgpu: 'WebGPU', wasm: 'WASM', webgl: 'WebGL', cpu: 'CPU' }

/** What trains, on what, how fast; behind it, why, and the way to choose otherwise. */
export function BackendMenu() {
  const backend = usePlayground((state) => state.backend)
  const problem = usePlayground((state) => state.backendProblem)
  const lost = usePlayground((state) => state.backendLost)
  const goesOn = usePlayground((state) => isUnderWay(state.run))
  const stepsPerSecond = usePlayground((state) => state.run.stepsPerSecond)
  const state = backend ? 'ready' : problem || lost ? 'failed' : 'checking'
  const pace = stepsPerSecond > 0 ? ` · ${Math.round(1_000 / stepsPerSecond)} ms/step` : ''
  const chip = backend
    ? `${TITLES[backend.backend]} · ${backend.device}`
    : problem
      ? 'No backend'
      : lost
        ? 'The backend was lost'
        : 'Looking for a backend…'
  return (
    <>
      <button type="button" className={styles.chip} popoverTarget="backend-menu" title={chip}>
        <span className={styles.dot} data-state={state} />
        <span className={styles.device}>{chip}</span>
        {backend && <span className={styles.pace}>{pace}</span>}
      </button>
      <div id="backend-menu" popover="auto" className={shared.popover} aria-label="Backends">
        <h2 className={shared.eyebrow}>Backend</h2>
        <p className={styles.reason}>{backend?.reason ?? problem ?? lost ?? 'Each backend is tried with a small training step.'}</p>
        {backend?.kernels && <p className={styles.reason}>{kernelsInWords(backend.kernels)}</p>}
        {goesOn && <p className={styles.reason}>Another backend ends the run under way.</p>}
        <ul className={styles.backends}>
          <Choice wanted="auto" title="Automatic">
            <AutomaticInWords />
          </Choice>
          {BACKEND_NAMES.map((name) => (
            <Choice key={name} wanted={name} title={TITLES[name]}>
              <BackendInWords name={name} />
            </Choice>
          ))}
        </ul>
      </div>
    </>
  )
}

/** Which kernels serve; when some do not, which and why. */
function kernelsInWords({ own, stock }: KernelReport): string {
  const all = own.length + stock.length
  if (stock.length === 0) return `All ${all} of the playground’s own kernels came out right here.`
  const causes = stock.map(({ kernel, reason }) => `${kernel}: ${reason}`).join(' ')
  return `${own.length} of the playground’s ${all} own kernels came out right here; TensorFlow.js computes the others, more slowly. ${causes}`
}

interface ChoiceProps {
  wanted: Wanted
  title: string
  /** What the choice comes to. */
  children: React.ReactNode
}

function Choice({ wanted, title, children }: ChoiceProps) {
  const isChosen = usePlayground((state) => state.wantedBackend === wanted)
  const connect = usePlayground((state) => state.connect)
  return (
    <li>
      <button
        type="button"
        className={shared.button}
        aria-pressed={isChosen}
        popoverTarget="backend-menu"
        popoverTargetAction="hide"
        onClick={() => connect(wanted)}
      >
        {title}
      </button>
      <span>{children}</span>
    </li>
  )
}

function AutomaticInWords() {
  const automatic = usePlayground((state) => state.automaticBackend)
  return automatic ? `takes ${TITLES[automatic]}` : 'takes the fastest that is right here'
}

function BackendInWords({ name }: { name: BackendName }) {
  const backend = usePlayground((state) => state.backend)
  if (backend?.backend === name) return `in use: ${backend.device}`
  return backend?.refused.find((refused) => refused.backend === name)?.reason ?? 'not tried'
}
