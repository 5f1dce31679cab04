import { createServer } from 'node:net'
import { giveUp } from './root.mjs'

const USUAL_PORT = 5173
// A server of somebody else on either of the two would answer for “localhost”.
const LOOPBACKS = ['127.0.0.1', '::1']

/** The port that PORT asks for, or the first free one from 5173 on; ends the command when PORT cannot be had. */
export async function choosePort() {
  const asked = process.env.PORT
  if (!asked) return nextFreePort(USUAL_PORT)
  const port = Number(asked)
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    giveUp('PORT is “' + asked + '”, which is no port: give a whole number from 1 to 65535.', 2)
  }
  const obstacle = await obstacleAt(port)
  if (obstacle === 'EACCES') giveUp('Port ' + port + ' may not be opened by this user: give PORT a number above 1023.')
  if (obstacle) {
    giveUp('Port ' + port + ' is taken by another program: end that one, give another PORT, or leave PORT out.')
  }
  return port
}

/**
 * @param {number} first
 * @returns {Promise<number>}
 */
export async function nextFreePort(first) {
  for (let port = first; port <= 65535; port++) {
    if (!(await obstacleAt(port))) return port
  }
  return giveUp('No port from ' + first + ' on is free.')
}

/**
 * @param {number} port
 * @returns {Promise<string | undefined>} the code of the error that keeps the port from being opened
 */
async function obstacleAt(port) {
  for (const host of LOOPBACKS) {
    const code = await errorOfListening(host, port)
    const hasNoSuchAddress = code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT'
    if (code && !hasNoSuchAddress) return code
  }
  return undefined
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<string | undefined>}
 */
function errorOfListening(host, port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}
