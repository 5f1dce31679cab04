import { add, mul, tidy } from '@tensorflow/tfjs-core'
import type { Parameter } from './parameters'

/** φ ← mφ + (1−m)θ, parameters only: batch-norm statistics stay the teacher’s own (Caron et al., 2021). */
export function followStudent(teacher: readonly Parameter[], student: readonly Parameter[], momentum: number): void {
  tidy(() => teacher.forEach(({ value }, i) => {
    value.assign(add(mul(value, momentum), mul(student[i]!.value, 1 - momentum)))
  }))
}
