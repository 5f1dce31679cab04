import type { ReactNode } from 'react'
import { guessesOf } from './called'
import type { Reading } from './answers-view'
import styles from './predictions.module.css'
import { TestPicture } from './test-picture'

const SIDE = 44

/** A test picture, what it is, and what it is taken for: the three likeliest answers as bars. */
export function PictureCard({ reading, picture, children }: { reading: Reading; picture: number; children?: ReactNode }) {
  const { sheet: { runId, part, answers }, classNames, classes, called, nameOf } = reading
  const label = part.labels[picture]!
  const truth = classNames[label] ?? ''
  const isRight = called[picture] === label
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <TestPicture runId={runId} position={picture} side={SIDE} label={`Test picture ${picture + 1}, ${truth}`} />
        <p>
          <b title={truth}>{truth}</b>
          <span className={isRight ? styles.right : styles.wrong}>{isRight ? '✓ right' : '✗ wrong'}</span>
        </p>
      </div>
      <ol className={styles.bars} aria-label={`Likeliest answers to picture ${picture + 1}`}>
        {guessesOf(answers, picture).map(({ prototype, probability }) => (
          <li
            key={prototype}
            className={classes[prototype] === label ? styles.true : undefined}
            style={{ '--share': `${100 * probability}%` } as React.CSSProperties}
          >
            <span title={nameOf(prototype)}>{nameOf(prototype)}</span>
            <span>{probability.toFixed(2)}</span>
          </li>
        ))}
      </ol>
      {children}
    </li>
  )
}
