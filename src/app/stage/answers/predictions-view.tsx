import { useState } from 'react'
import type { AnswerSheet } from '../../../state/pictures'
import { count, percent } from '../../format'
import { usePlayground } from '../../playground-context'
import { Measure, Measures } from '../../widgets/measures'
import { Segmented } from '../../widgets/segmented'
import { usePrototypeNames } from '../prototype-names'
import { AnswersView, useReading, type Reading } from './answers-view'
import { historyOf, worstMistakes } from './called'
import { PictureCard } from './picture-card'
import styles from './predictions.module.css'
import { Sparkline } from './sparkline'

const MOST_MISTAKES = 24

const CHOICES = [
  { value: 'fixed', label: 'The same pictures' },
  { value: 'worst', label: 'Worst mistakes' },
] as const
type Choice = (typeof CHOICES)[number]['value']

/** What single test pictures are taken for: the same ones all run long, or those that the learner is most wrongly sure of. */
export default function PredictionsView() {
  return <AnswersView>{(sheet) => <Predictions sheet={sheet} />}</AnswersView>
}

function Predictions({ sheet }: { sheet: AnswerSheet }) {
  const [choice, setChoice] = useState<Choice>('fixed')
  const { named } = usePrototypeNames()
  const reading = useReading(sheet)
  const { called, sheet: { part: { labels }, answers } } = reading
  const right = labels.filter((label, picture) => called[picture] === label).length
  return (
    <>
      <div className={styles.top}>
        <Segmented label="Which test pictures" labelHidden options={CHOICES} value={choice} onChange={setChoice} />
        <Measures label={`Test pictures at step ${count(answers.step)}`}>
          <Measure name="right of all test pictures" value={`${count(right)} of ${count(labels.length)}, ${percent(right / labels.length)}`} />
          <Measure name="step" value={count(answers.step)} />
        </Measures>
      </div>
      {!named && <p className={styles.note}>No label names the clusters: each class has the cluster that fits it best (Hungarian method).</p>}
      {choice === 'fixed' ? <Fixed reading={reading} /> : <Mistakes reading={reading} />}
    </>
  )
}

function Fixed({ reading }: { reading: Reading }) {
  const { sheet: { part: { fixed, labels }, history }, classNames } = reading
  return (
    <ul className={styles.cards} aria-label="The same test pictures all run long">
      {[...fixed].map((picture, i) => (
        <PictureCard key={picture} reading={reading} picture={picture}>
          <Sparkline points={historyOf(history, i)} name={classNames[labels[picture]!] ?? ''} />
        </PictureCard>
      ))}
    </ul>
  )
}

function Mistakes({ reading }: { reading: Reading }) {
  const chooseNaming = usePlayground((state) => state.chooseNaming)
  const chooseLines = usePlayground((state) => state.chooseLines)
  const chooseCell = usePlayground((state) => state.chooseCell)
  const setStageView = usePlayground((state) => state.setStageView)
  const { sheet: { part: { labels }, answers }, classNames, called, nameOf } = reading
  const worst = worstMistakes(answers, called, labels, MOST_MISTAKES)
  if (worst.length === 0) return <p className={styles.note}>Not one of the test pictures is called by a wrong name.</p>

  function showAlike(picture: number) {
    chooseNaming(undefined)
    chooseLines('classes')
    chooseCell({ truth: labels[picture]!, called: called[picture]! })
    setStageView('confusion')
  }

  return (
    <ul className={styles.cards} aria-label="Worst mistakes, the surest first">
      {worst.map((picture) => {
        const alike = labels.filter((label, other) => label === labels[picture] && called[other] === called[picture]).length
        return (
          <PictureCard key={picture} reading={reading} picture={picture}>
            <button
              type="button"
              className={styles.alike}
              aria-label={`${show(alike)}: ${classNames[labels[picture]!]} taken for ${called[picture]! < 0 ? 'no class' : nameOf(answers.ranking[picture * answers.ranks]!)}`}
              onClick={() => showAlike(picture)}
            >
              {show(alike)}
            </button>
          </PictureCard>
        )
      })}
    </ul>
  )
}

function show(alike: number): string {
  return alike === 1 ? 'The only one like it' : `All ${count(alike)} like it`
}
