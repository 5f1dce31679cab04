import { describe, expect, it } from 'vitest'
import { diagnose } from './diagnosis'

describe('the diagnosis', () => {
  it.each([
    [{ method: 'suave' }, 'Ready'],
    [{ method: 'suave', usage: 0.97, softness: 0.4, loss: 1 }, 'No collapse'],
    [{ method: 'suave', usage: 0.7, softness: 0.4, loss: 1 }, 'Uneven'],
    [{ method: 'daino', usage: 0.1, softness: 0.4, loss: 1 }, 'Collapsing'],
    [{ method: 'daino', usage: 0.97, softness: 0.99, loss: 1 }, 'Undecided'],
    [{ method: 'supervised', loss: 1 }, 'Learning from labels'],
    [{ method: 'suave', usage: 0.97, softness: 0.4, loss: NaN }, 'Diverged'],
  ] as const)('of %o is “%s”', (signs, title) => {
    expect(diagnose(signs).title).toBe(title)
  })
})
