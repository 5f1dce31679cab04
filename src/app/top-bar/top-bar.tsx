import { count, duration, rate } from '../format'
import { usePlayground } from '../playground-context'
import { viewsPerStep } from '../../state/views'
import shared from '../widgets/shared.module.css'
import { BackendMenu } from './backend-menu'
import { Brand } from './brand'
import { Help } from './help'
import styles from './top-bar.module.css'

/** The run’s switches and counters, the backend, and the page’s own switches. */
export function TopBar() {
  return (
    <header className={styles.bar}>
      <Brand />
      <RunButtons />
      <Counters />
      <div className={styles.end}>
        <BackendMenu />
        <ThemeToggle />
        <Help />
      </div>
    </header>
  )
}

function RunButtons() {
  const status = usePlayground((state) => state.run.status)
  const trainOrPause = usePlayground((state) => state.trainOrPause)
  const step = usePlayground((state) => state.step)
  const reset = usePlayground((state) => state.reset)
  const noBackend = usePlayground((state) => !state.backend && state.backendProblem !== undefined)
  const goes = status === 'running' || status === 'preparing'
  return (
    <div className={styles.buttons} role="group" aria-label="Run">
      <button type="button" className={styles.train} disabled={noBackend} onClick={trainOrPause}>
        {goes ? <PauseIcon /> : <TrainIcon />}
        {LABELS[status]}
      </button>
      <button type="button" className={shared.button} disabled={noBackend || goes} onClick={step}>
        Step
      </button>
      <button type="button" className={shared.button} onClick={reset}>
        Reset
      </button>
    </div>
  )
}

const LABELS = { idle: 'Train', preparing: 'Pause', running: 'Pause', paused: 'Train', finished: 'Train' } as const

function Counters() {
  const run = usePlayground((state) => state.run)
  const { recipe, status, step, seconds, stepsPerSecond, classNames } = run
  if (!recipe) return <p className={styles.counters}>{status === 'idle' && 'Ready'}</p>
  if (status === 'preparing') return <p className={styles.counters}>Preparing…</p>
  return (
    <p className={styles.counters}>
      <span>
        step <b>{count(step)}</b> / {count(recipe.steps)}
      </span>
      <span>
        <b>{duration(seconds)}</b>
      </span>
      <span>
        <b>{rate(stepsPerSecond)}</b> steps/s
      </span>
      <span>
        <b>{rate(stepsPerSecond * viewsPerStep(recipe, classNames.length))}</b> views/s
      </span>
    </p>
  )
}

function ThemeToggle() {
  const theme = usePlayground((state) => state.theme)
  const setTheme = usePlayground((state) => state.setTheme)
  const other = theme === 'light' ? 'dark' : 'light'
  return (
    <button
      type="button"
      className={styles.icon}
      aria-label={`Switch to ${other} colours`}
      title={`Switch to ${other} colours`}
      onClick={() => setTheme(other)}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden>
        <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />
      </svg>
    </button>
  )
}

function TrainIcon() {
  return (
    <svg width="11" height="12" viewBox="0 0 11 12" aria-hidden>
      <path d="M1 0.8v10.4L10.4 6z" fill="currentColor" />
    </svg>
  )
}

function PauseIcon() {
  return (
    <svg width="11" height="12" viewBox="0 0 11 12" aria-hidden>
      <path d="M1 1h3v10H1zM7 1h3v10H7z" fill="currentColor" />
    </svg>
  )
}
