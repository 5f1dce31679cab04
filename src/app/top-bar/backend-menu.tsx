import { usePlayground } from '../playground-context'
import { BACKEND_NAMES, type BackendName, type KernelReport } from '../../state/backends'
import shared from '../widgets/shared.module.css'
import styles from './top-bar.module.css'

const TITLES: Record<BackendName, string> = { webgpu: 'WebGPU', wasm: 'WASM', webgl: 'WebGL', cpu: 'CPU' }

/** What trains, on what, how fast; behind it, why, and the way to choose otherwise. */
export function BackendMenu() {
  const backend = usePlayground((state) => state.backend)
  const problem = usePlayground((state) => state.backendProblem)
  const stepsPerSecond = usePlayground((state) => state.run.stepsPerSecond)
  const state = backend ? 'ready' : problem ? 'failed' : 'checking'
  const pace = stepsPerSecond > 0 ? ` · ${Math.round(1_000 / stepsPerSecond)} ms/step` : ''
  const chip = backend
    ? `${TITLES[backend.backend]} · ${backend.device}`
    : problem
      ? 'No backend'
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
        <p className={styles.reason}>{backend?.reason ?? problem ?? 'Each backend is tried with a small training step.'}</p>
        {backend?.kernels && <p className={styles.reason}>{kernelsInWords(backend.kernels)}</p>}
        <ul className={styles.backends}>
          {BACKEND_NAMES.map((name) => (
            <BackendChoice key={name} name={name} />
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

function BackendChoice({ name }: { name: BackendName }) {
  const backend = usePlayground((state) => state.backend)
  const connect = usePlayground((state) => state.connect)
  const refusal = backend?.refused.find((refused) => refused.backend === name)
  const chosen = backend?.backend === name
  return (
    <li>
      <button
        type="button"
        className={shared.button}
        aria-pressed={chosen}
        popoverTarget="backend-menu"
        popoverTargetAction="hide"
        onClick={() => connect(name)}
      >
        {TITLES[name]}
      </button>
      <span>{chosen ? backend.device : (refusal?.reason ?? 'not tried')}</span>
    </li>
  )
}
