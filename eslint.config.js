import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'
import { floors } from './tools/lib/floors.mjs'

const TFJS = { group: ['@tensorflow/*'], message: 'No tensor above session/: ask the worker.' }
const REACT = {
  group: ['react', 'react/*', 'react-dom', 'react-dom/*', 'recharts', 'zustand', 'zustand/*'],
  message: 'React and the store belong to app/ and state/.',
}
const PAGE_GLOBALS = [
  'window', 'document', 'localStorage', 'sessionStorage', 'location', 'history', 'alert', 'confirm', 'prompt',
  'requestAnimationFrame', 'cancelAnimationFrame', 'Image', 'HTMLElement', 'HTMLCanvasElement', 'HTMLImageElement',
]
const NO_PAGE = 'There is no page below session/: this file has to run in Node too.'

/**
 * @param {string[]} names
 * @returns {import('eslint').Linter.RuleEntry}
 */
const withoutGlobals = (names) => ['error', ...names.map((name) => ({ name, message: NO_PAGE }))]
/** @param {string[]} folders */
const inFolders = (...folders) => folders.map((folder) => `src/${folder}/**/*.{ts,tsx}`)

export default tseslint.config(
  // AssemblyScript looks like TypeScript and is not.
  { ignores: ['dist/', 'build/', 'test-results/', 'playwright-report/', 'src/compute/kernels/wasm/assembly/'] },
  // A comment cannot switch a rule off: an exception stands in this file, with its reason.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },
  tseslint.configs.strict,
  {
    plugins: { house: { rules: { floors } } },
    rules: {
      'house/floors': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // A loop knows that its index is inside the array; the compiler does not.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, varsIgnorePattern: '^_$' }],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'A run repeats itself from its seed: draw from data/random.ts.' },
        { property: 'dataSync', message: 'It stops the thread and fails on WebGPU: await data().' },
        { property: 'arraySync', message: 'It stops the thread and fails on WebGPU: await array().' },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['src/**/*.{ts,tsx}'], rules: { 'max-lines': ['error', { max: 300 }] } },
  { files: ['src/app/**/*.{ts,tsx}', 'src/main.tsx'], extends: [reactHooks.configs.flat.recommended] },
  { files: inFolders('app', 'state'), rules: { 'no-restricted-imports': ['error', { patterns: [TFJS] }] } },
  {
    files: inFolders('session', 'cli', 'training', 'methods', 'nn', 'data', 'compute', 'recipe'),
    rules: { 'no-restricted-imports': ['error', { patterns: [REACT] }] },
  },
  {
    files: inFolders('training', 'methods', 'nn', 'data', 'recipe'),
    rules: { 'no-restricted-globals': withoutGlobals(['navigator', ...PAGE_GLOBALS]) },
  },
  // The probe asks the navigator, in Node as in a browser, for an adapter and the number of processors.
  { files: inFolders('compute'), rules: { 'no-restricted-globals': withoutGlobals(PAGE_GLOBALS) } },
  { files: ['src/cli/**/*.ts', 'tools/**'], rules: { 'no-console': 'off' } },
)
