import { useRef, type ReactNode } from 'react'
import type { Gallery, Snapshot } from '../../state/pictures'
import { useSnapshot } from '../playground-context'
import { NoPictures, useMissingPictures } from './no-pictures'
import { useWatch } from './use-watch'
import styles from './view.module.css'

/** A view of the newest snapshot, which is asked for while the view is on screen; without one it invites to train, or to bring pictures. */
export function SnapshotView({ invitation, children }: {
  invitation: string
  children: (seen: { snapshot: Snapshot; gallery: Gallery }) => ReactNode
}) {
  const root = useRef<HTMLDivElement>(null)
  useWatch(root, { snapshot: true })
  const seen = useSnapshot()
  const missing = useMissingPictures()
  return (
    <div ref={root} className={styles.view}>
      {seen ? children(seen) : missing ? <NoPictures /> : <p className={styles.invitation}>{invitation}</p>}
    </div>
  )
}
