/** The backends that a person may choose from. */
export { BACKENDS as BACKEND_NAMES, type BackendName, type KernelReport } from '../compute/report'
export type { Wanted } from '../session/connection'
