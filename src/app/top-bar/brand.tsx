import styles from './top-bar.module.css'

/** Two rings that interlock: clusters and labels, or teacher and student. */
export function Brand() {
  return (
    <h1 className={styles.brand}>
      <svg width="32" height="22" viewBox="0 0 32 22" aria-hidden fill="none" strokeWidth="3">
        <circle cx="11" cy="11" r="8.5" stroke="var(--suave)" />
        <circle cx="21" cy="11" r="8.5" stroke="var(--daino)" />
        {/* The first ring passes over the second at the lower crossing. */}
        <path d="M19.2 13.2A8.5 8.5 0 0 1 13.2 19.2" stroke="var(--suave)" />
      </svg>
      <span>Suave &amp; Daino</span>
    </h1>
  )
}
