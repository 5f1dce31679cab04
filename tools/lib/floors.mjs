import { posix } from 'node:path'

/** The floors of src/ from the ground up; the folders of one floor may import each other. */
const FLOORS = [
  ['recipe'],
  ['compute'],
  ['data', 'methods', 'nn'],
  ['training'],
  ['session', 'cli'],
  ['state'],
  ['app'],
]
/** Two on one floor that know nothing of each other. */
const STRANGERS = ['session', 'cli']

/** What the page knows by more than its types: it reaches the worker and the tensors through state/ alone. */
const KNOWN_TO_APP = ['app', 'state', 'recipe']

/** @param {string} folder */
const floorOf = (folder) => FLOORS.findIndex((folders) => folders.includes(folder))

/**
 * The folder of src/ that a path lies in.
 *
 * @param {string} path
 * @returns {string | undefined}
 */
function folderOf(path) {
  return /(?:^|\/)src\/([^/]+)\//.exec(path.replaceAll('\\', '/') + '/')?.[1]
}

/**
 * What is wrong with an import from one folder of src/ into another.
 *
 * @param {string} from
 * @param {string} to
 * @param {boolean} ofTypesOnly
 * @returns {string | undefined} a sentence, or undefined when nothing is
 */
function objection(from, to, ofTypesOnly) {
  if (floorOf(to) < 0) return `${to}/ is no floor of the house: add it to tools/lib/floors.mjs or move the file.`
  if (floorOf(to) > floorOf(from)) return `${from}/ stands below ${to}/ and may not import from it.`
  if (from !== to && STRANGERS.includes(from) && STRANGERS.includes(to)) {
    return `${from}/ and ${to}/ stand side by side and may not import from each other.`
  }
  if (from === 'app' && !ofTypesOnly && !KNOWN_TO_APP.includes(to)) {
    return `app/ reaches ${to}/ through state/: import it from there, or its types alone.`
  }
  return undefined
}

/**
 * ESLint rule: a file in src/ imports only from its own floor or from one below it.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const floors = {
  meta: { type: 'problem', schema: [], docs: { description: 'Keep the floors of src/ in their order.' } },
  create(context) {
    const file = context.filename.replaceAll('\\', '/')
    const from = folderOf(file)
    if (from === undefined || floorOf(from) < 0) return {}

    /** @param {{ source?: import('estree').Node | null, importKind?: string, exportKind?: string }} node */
    const check = ({ source, importKind, exportKind }) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string' || !source.value.startsWith('.')) return
      const to = folderOf(posix.join(posix.dirname(file), source.value))
      const message = to && objection(from, to, importKind === 'type' || exportKind === 'type')
      if (message) context.report({ node: source, message })
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    }
  },
}
