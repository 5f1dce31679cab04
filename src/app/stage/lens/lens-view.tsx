import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { LENS_STAGES, lensStagesOf, type LensStage } from '../../../state/lens-slice'
import type { LensStep } from '../../../state/looks'
import { isUnderWay } from '../../../state/run'
import { count } from '../../format'
import { useLensStep, usePlayground } from '../../playground-context'
import { Canvas, type Draw } from '../../widgets/canvas'
import { Equation } from '../../widgets/equation'
import shared from '../../widgets/shared.module.css'
import { useSize } from '../../widgets/use-size'
import { usePrototypeNames } from '../prototype-names'
import { useWatch } from '../use-watch'
import { drawRows, drawViews, rowsOf } from './draw-stage'
import { TITLES, textOf, type Subject } from './formulas'
import { AverageTable, ChangeTable } from './layers'
import styles from './lens.module.css'
import { picturesAtHand } from './pictures-at-hand'

/** Time to look at a stage before slow motion goes on. */
const SLOW_MILLISECONDS = 1_800

/** One step from inside, stage by stage: real tensors of the real batch, and the formula that made them. */
export default function LensView() {
  const root = useRef<HTMLDivElement>(null)
  useWatch(root, { lens: true })
  const [picture, setPicture] = useState(0)
  const subject = useSubject(picture)
  const stage = usePlayground((state) => state.lensStage)
  const { sentence, symbols, numbers } = textOf(stage, subject)
  const ready = subject.step?.stages[LENS_STAGES[stage]] !== undefined
  return (
    <div ref={root} className={styles.view}>
      <Stepper step={subject.step} />
      <p className={styles.sentence}>{sentence}</p>
      <div className={styles.body}>
        {ready && subject.step ? <StagePicture stage={stage} step={subject.step} subject={subject} /> : <Invitation />}
      </div>
      <div className={styles.formula}>
        <Equation tex={symbols} />
        {ready && numbers && <Equation tex={numbers} />}
        {LENS_STAGES[stage] !== 'change' && stage !== 'average' && (
          <PictureChoice step={subject.step} picture={subject.picture} onChange={setPicture} />
        )}
      </div>
    </div>
  )
}

function useSubject(chosen: number): Subject {
  const step = useLensStep()
  const there = step && picturesAtHand(step)?.positions.length
  const picture = Math.min(chosen, Math.max(0, (there ?? Infinity) - 1))
  const recipe = usePlayground((state) => state.run.recipe ?? state.form)
  const names = usePrototypeNames()
  return useMemo(
    () => ({ step, recipe: step?.recipe ?? recipe, picture, nameOf: names.of }),
    [step, recipe, picture, names],
  )
}

/** The stages of the step as buttons, and the ways to go on. */
function Stepper({ step }: { step: LensStep | undefined }) {
  const recipe = usePlayground((state) => state.run.recipe ?? state.form)
  const shown = usePlayground((state) => state.lensStage)
  const show = usePlayground((state) => state.showLensStage)
  const next = usePlayground((state) => state.nextLensStage)
  const slow = usePlayground((state) => state.slowMotion)
  const setSlow = usePlayground((state) => state.setSlowMotion)
  const noBackend = usePlayground((state) => !state.backend && !state.backendLost)
  const goesOn = usePlayground((state) => isUnderWay(state.run))
  useSlowMotion(step?.stages[LENS_STAGES[shown]] !== undefined || !step)
  const toggleSlow = () => {
    if (!goesOn) next()
    setSlow(!slow)
  }
  return (
    <div className={styles.stepper}>
      <ol aria-label={step ? `Stages of step ${count(step.step)}` : 'Stages of a step'}>
        {lensStagesOf(recipe).map((stage) => (
          <li key={stage}>
            <button
              type="button"
              aria-current={stage === shown ? 'step' : undefined}
              disabled={!step?.stages[LENS_STAGES[stage]]}
              onClick={() => show(stage)}
            >
              {TITLES[stage]}
            </button>
          </li>
        ))}
      </ol>
      <span className={styles.step}>{step && `step ${count(step.step)}`}</span>
      <button type="button" className={shared.primary} disabled={noBackend} title="Key N" onClick={next}>
        Next stage
      </button>
      <button type="button" className={shared.button} disabled={noBackend} aria-pressed={slow} onClick={toggleSlow}>
        Slow motion
      </button>
    </div>
  )
}

/** Goes on by itself as long as there is something to look at, and ends with the run: only a person starts another. */
function useSlowMotion(arrived: boolean): void {
  const slow = usePlayground((state) => state.slowMotion)
  const goesOn = usePlayground((state) => isUnderWay(state.run))
  const next = usePlayground((state) => state.nextLensStage)
  const stage = usePlayground((state) => state.lensStage)
  const setSlow = usePlayground((state) => state.setSlowMotion)
  useEffect(() => {
    if (!slow || !arrived || !goesOn) return
    const timer = setTimeout(next, SLOW_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [slow, arrived, goesOn, next, stage])
  useEffect(() => {
    if (slow && !goesOn) setSlow(false)
  }, [slow, goesOn, setSlow])
  useEffect(() => () => setSlow(false), [setSlow])
}

function Invitation() {
  const status = usePlayground((state) => state.run.status)
  return (
    <p className={styles.invitation}>
      {status === 'running'
        ? 'The run goes freely. “Next stage” stops it inside its next step.'
        : '“Next stage” (key N) takes a step apart, stage by stage.'}
    </p>
  )
}

interface StagePictureProps {
  stage: LensStage
  step: LensStep
  subject: Subject
}

function StagePicture({ stage, step, subject }: StagePictureProps) {
  const { change, average } = step.stages
  if (stage === 'step' && change) return <ChangeTable {...change} />
  if (stage === 'average' && average) return <AverageTable {...average} />
  return <StageCanvas {...{ stage, step, subject }} />
}

function StageCanvas({ stage, step, subject }: StagePictureProps) {
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const { picture, nameOf } = subject
  const { forward } = step.stages
  const draw = useCallback<Draw>(
    (context, area, colour) => {
      if (stage === 'augment') return drawViews(context, step, picture, area, colour)
      const names = stage === 'encode' || !forward ? [] : Array.from({ length: forward.prototypes }, (_, k) => nameOf(k))
      return drawRows(context, step, rowsOf(stage, step.stages, picture), names, area, colour)
    },
    [stage, step, picture, forward, nameOf],
  )
  return (
    <div ref={box} className={styles.canvas}>
      {size.height > 0 && <Canvas size={size} draw={draw} label={describe(stage, step, subject)} />}
    </div>
  )
}

/** The picture of which the formula speaks. */
function PictureChoice({ step, picture, onChange }: { step: LensStep | undefined; picture: number; onChange: (picture: number) => void }) {
  const classNames = usePlayground((state) => state.run.classNames)
  const atHand = step && picturesAtHand(step)
  if (!atHand) return null
  const from = atHand.areLabelled ? 0 : step.stages.views!.labelled.length
  return (
    <label className={styles.choice}>
      The numbers are of{' '}
      <select value={picture} onChange={(event) => onChange(Number(event.target.value))}>
        {[...atHand.positions].map((position, i) => (
          <option key={`${i} ${position}`} value={i}>
            picture {i + 1} ({classNames[step.strip?.labels[from + i] ?? -1] ?? 'unknown'})
          </option>
        ))}
      </select>
    </label>
  )
}

/** What the picture of a stage shows, in words. */
function describe(stage: LensStage, step: LensStep, { picture, nameOf }: Subject): string {
  const { views, forward } = step.stages
  if (stage === 'augment' || !forward) {
    return `Views of step ${step.step}: ${views?.unlabelled.length ?? 0} unlabelled pictures with ${views?.pixels.second ? 'two views' : 'one view'} each, ${views?.labelled.length ?? 0} labelled ones with one.`
  }
  const { rows } = rowsOf(stage, step.stages, picture)
  const said = rows.filter(({ chosen }) => chosen).map(({ caption, values }) => {
    const top = values.indexOf(Math.max(...values))
    return stage === 'encode' ? caption : `${caption}: ${nameOf(top)} with ${values[top]!.toFixed(3)}`
  })
  return `${TITLES[stage]}, ${rows.length} rows of step ${step.step}. Largest of picture ${picture + 1}: ${said.join('; ')}.`
}
