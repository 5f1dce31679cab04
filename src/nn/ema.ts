import { followAll } from '../compute/running-average'
import type { Parameter } from './parameters'

/** φ ← mφ + (1−m)θ, parameters only: batch-norm statistics stay the teacher’s own (Caron et al., 2021). */
export function followStudent(teacher: readonly Parameter[], student: readonly Parameter[], momentum: number): void {
  followAll(teacher.map(({ value }, i) => ({
    average: value, fresh: student[i]!.value, keep: momentum, take: 1 - momentum,
  })))
}
