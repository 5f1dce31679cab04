import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'

const eslint = new ESLint()

/** Names of the rules that a file of this content at this place would break. */
async function brokenRules(filePath: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath })
  return result!.messages.map(({ ruleId }) => ruleId)
}

describe('the floors of src/', () => {
  it.each([
    ['recipe', 'compute'],
    ['compute', 'data'],
    ['compute', 'nn'],
    ['data', 'training'],
    ['methods', 'training'],
    ['nn', 'session'],
    ['training', 'session'],
    ['training', 'cli'],
    ['session', 'state'],
    ['session', 'cli'],
    ['cli', 'session'],
    ['state', 'app'],
    ['app', 'session'],
    ['app', 'training'],
    ['app', 'compute'],
  ])('%s/ may not import from %s/', async (from, to) => {
    const importing = `import { thing } from '../${to}/thing'\nexport const other = thing\n`
    expect(await brokenRules(`src/${from}/other.ts`, importing)).toEqual(['house/floors'])
  })

  it.each([
    ['app', 'state'],
    ['app', 'recipe'],
    ['state', 'session'],
    ['session', 'training'],
    ['cli', 'training'],
    ['training', 'methods'],
    ['methods', 'nn'],
    ['data', 'compute'],
    ['compute', 'recipe'],
    ['compute', 'compute'],
  ])('%s/ may import from %s/', async (from, to) => {
    const importing = `import { thing } from '../${to}/thing'\nexport const other = thing\n`
    expect(await brokenRules(`src/${from}/other.ts`, importing)).toEqual([])
  })

  it.each([
    ['a type', `import type { Thing } from '../../app/thing'\nexport type Other = Thing\n`],
    ['a re-export', `export { thing } from '../../app/thing'\n`],
    ['a re-export of everything', `export * from '../../app/thing'\n`],
    ['a lazy import', `export const thing = () => import('../../app/thing')\n`],
  ])('hold for %s from a deeper folder too', async (_, code) => {
    expect(await brokenRules('src/methods/deeper/other.ts', code)).toEqual(['house/floors'])
  })

  it('let app/ name the types of what lies below state/', async () => {
    const naming = `import type { Thing } from '../training/thing'\nexport type Other = Thing\n`
    expect(await brokenRules('src/app/other.ts', naming)).toEqual([])
  })

  it('name a folder that is on no floor', async () => {
    expect(await brokenRules('src/app/other.ts', `export * from '../utils/thing'\n`)).toEqual(['house/floors'])
  })
})

describe('what is banned', () => {
  it.each([
    ['tfjs in app/', 'src/app/a.tsx', `export * from '@tensorflow/tfjs-core'\n`, 'no-restricted-imports'],
    ['tfjs in state/', 'src/state/a.ts', `export * from '@tensorflow/tfjs-core'\n`, 'no-restricted-imports'],
    ['React in session/', 'src/session/a.ts', `export * from 'react'\n`, 'no-restricted-imports'],
    ['the store in training/', 'src/training/a.ts', `export * from 'zustand'\n`, 'no-restricted-imports'],
    ['React in recipe/', 'src/recipe/a.ts', `export * from 'react-dom/client'\n`, 'no-restricted-imports'],
    ['window in training/', 'src/training/a.ts', `export const a = window.name\n`, 'no-restricted-globals'],
    ['document in data/', 'src/data/a.ts', `export const a = document.title\n`, 'no-restricted-globals'],
    ['navigator in methods/', 'src/methods/a.ts', `export const a = navigator.gpu\n`, 'no-restricted-globals'],
    ['document in compute/', 'src/compute/a.ts', `export const a = document.title\n`, 'no-restricted-globals'],
    ['dataSync', 'src/nn/a.ts', `export const a = (t: Tensor) => t.dataSync()\n`, 'no-restricted-properties'],
    ['arraySync', 'src/nn/a.ts', `export const a = (t: Tensor) => t.arraySync()\n`, 'no-restricted-properties'],
    ['Math.random', 'src/data/a.ts', `export const a = Math.random()\n`, 'no-restricted-properties'],
    ['Math.random by another way', 'e2e/a.ts', `export const { random } = Math\n`, 'no-restricted-properties'],
    ['any', 'src/nn/a.ts', `export const a = (b: any) => b\n`, '@typescript-eslint/no-explicit-any'],
    ['as any', 'src/app/a.tsx', `export const a = 1 as any\n`, '@typescript-eslint/no-explicit-any'],
    ['@ts-ignore', 'src/nn/a.ts', `// @ts-ignore\nexport const a = 1\n`, '@typescript-eslint/ban-ts-comment'],
    ['console', 'src/nn/a.ts', `console.log(1)\n`, 'no-console'],
    ['more than 300 lines', 'src/nn/a.ts', `export const a = [\n${'  1,\n'.repeat(300)}]\n`, 'max-lines'],
    [
      'a hook under a condition',
      'src/app/a.tsx',
      `import { useId } from 'react'\nexport const useA = (b: boolean) => (b ? useId() : '')\n`,
      'react-hooks/rules-of-hooks',
    ],
  ])('%s', async (_, filePath, code, rule) => {
    expect(await brokenRules(filePath, code)).toEqual([rule])
  })

  it('cannot be allowed by a comment', async () => {
    const code = `// eslint-disable-next-line @typescript-eslint/no-explicit-any\nexport const a = (b: any) => b\n`
    expect(await brokenRules('src/nn/a.ts', code)).toContain('@typescript-eslint/no-explicit-any')
  })
})

describe('what is welcome', () => {
  it.each([
    ['tfjs in methods/', 'src/methods/a.ts', `export { matMul } from '@tensorflow/tfjs-core'\n`],
    ['React in app/', 'src/app/a.tsx', `import { useId } from 'react'\nexport const useA = () => useId()\n`],
    ['the store in state/', 'src/state/a.ts', `export { create } from 'zustand'\n`],
    ['the navigator in compute/', 'src/compute/a.ts', `export const a = navigator.gpu\n`],
    ['awaiting data', 'src/nn/a.ts', `export const a = (t: Tensor) => t.data()\n`],
    ['300 lines', 'src/nn/a.ts', `export const a = [\n${'  1,\n'.repeat(298)}]\n`],
  ])('%s', async (_, filePath, code) => {
    expect(await brokenRules(filePath, code)).toEqual([])
  })
})
