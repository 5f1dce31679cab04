import { useMemo, useRef, type ReactNode } from 'react'
import type { NamingChoice } from '../../../state/confusion-slice'
import type { AnswerSheet } from '../../../state/pictures'
import { useAnswers, usePlayground } from '../../playground-context'
import { count } from '../../format'
import { usePrototypeNames } from '../prototype-names'
import { useWatch } from '../use-watch'
import view from '../view.module.css'
import { calledOf, classesOf, namingOf } from './called'

/** A sheet of answers, read under a naming of the prototypes. */
export interface Reading {
  sheet: AnswerSheet
  classNames: readonly string[]
  /** Class of each prototype. */
  classes: Int32Array
  /** Class that each test picture is called by. */
  called: Int32Array
  /** A prototype’s class, or its own name where it has none. */
  nameOf: (prototype: number) => string
}

/** A view of what is answered to the test pictures, which is asked for while the view is on screen. */
export function AnswersView({ children }: { children: (sheet: AnswerSheet) => ReactNode }) {
  const root = useRef<HTMLDivElement>(null)
  useWatch(root, { answers: true })
  const sheet = useAnswers()
  return (
    <div ref={root} className={view.view}>
      {sheet ? children(sheet) : <p className={view.invitation}><Invitation /></p>}
    </div>
  )
}

function Invitation() {
  const status = usePlayground((state) => state.run.status)
  const step = usePlayground((state) => state.run.step)
  const every = usePlayground((state) => (state.run.recipe ?? state.form).evaluateEvery)
  if (status === 'paused') return 'Looking at the test pictures…'
  if (status === 'preparing' || status === 'running') {
    return `The test pictures are asked every ${count(every)} steps, first at step ${count(Math.ceil((step + 1) / every) * every)}. Pause, and they are asked at once.`
  }
  return 'Train or take a step: the test pictures, which the learner never sees, are then named.'
}

/** The sheet under a naming; by itself under the one that counts for the method. */
export function useReading(sheet: AnswerSheet, choice?: NamingChoice): Reading {
  const classNames = usePlayground((state) => state.run.classNames)
  const names = usePrototypeNames()
  const naming = choice ?? (names.named ? 'identity' : 'hungarian')
  return useMemo(() => {
    const { answers } = sheet
    const classes = classesOf(namingOf(answers, naming), answers.prototypes)
    const nameOf = (prototype: number) => classNames[classes[prototype]!] ?? names.of(prototype)
    return { sheet, classNames, classes, called: calledOf(answers, classes), nameOf }
  }, [sheet, naming, classNames, names])
}
