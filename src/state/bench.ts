export { measureInWorker, type BenchEvent } from '../session/bench-client'
export { ratiosOf, sectionsOf, type Section } from '../training/bench/table'
