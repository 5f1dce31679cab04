import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { giveUp, ROOT } from './root.mjs'

const OLDEST_NODE = [20, 19]

/** @typedef {{ version: string, optional?: boolean, devOptional?: boolean }} LockedPackage */

/**
 * Makes sure that Node is new enough and that exactly the packages of the lock file are there; ends the command with a
 * sentence when that fails. npm speaks on stderr.
 */
export function install() {
  requireNode()
  if (isInstalled()) return
  console.error('Installing packages (once) …')
  const npm = npmCommand()
  const { status } = spawnSync(npm.command, [...npm.args, 'ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: ROOT,
    shell: npm.shell,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) {
    giveUp(
      'npm could not install the packages; its own message is above. ' +
        'If this machine is offline, connect it and give the command again.',
    )
  }
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const tooOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])
  if (tooOld) {
    giveUp(
      'The playground needs Node ' + OLDEST_NODE.join('.') + ' or newer, and this is Node ' + process.versions.node +
        '. Install a current one from https://nodejs.org and give the command again.',
    )
  }
}

/** npm writes down what it has installed; every package that the lock file asks for has to stand there, same version. */
function isInstalled() {
  const record = join(ROOT, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const installed = packagesOf(record)
  return Object.entries(packagesOf(join(ROOT, 'package-lock.json'))).every(([path, wanted]) => {
    if (path === '') return true
    const found = installed[path]
    return found ? found.version === wanted.version : Boolean(wanted.optional || wanted.devOptional)
  })
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

/** The npm that runs this script where there is one, else the one on the path (a .cmd file on Windows needs a shell). */
function npmCommand() {
  const running = process.env.npm_execpath
  if (running && /npm-cli\.c?js$/.test(running)) return { command: process.execPath, args: [running], shell: false }
  return { command: 'npm', args: [], shell: process.platform === 'win32' }
}
