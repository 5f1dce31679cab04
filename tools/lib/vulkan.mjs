import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

const ICD = 'vk_swiftshader_icd.json'
const LOADER = 'libvulkan.so.1'
const INSTALLED = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome', '/opt/chromium.org/chromium']
const DRIVERS = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d']

/**
 * What the environment of a Node process needs so that WebGPU finds a driver there. The dynamic linker and Vulkan read
 * it when the process starts: it is for a process that is yet to be started. Without a Vulkan driver of the machine's
 * own, Chromium's SwiftShader serves, which computes on the processor.
 *
 * @returns {Record<string, string>} empty where nothing is needed, or nothing was found
 */
export function vulkanEnvironment() {
  if (process.platform !== 'linux' || process.env.VK_ICD_FILENAMES || process.env.VK_DRIVER_FILES || hasDriver()) return {}
  const folder = [...chromiumFolders()].find((place) => existsSync(join(place, ICD)) && existsSync(join(place, LOADER)))
  if (!folder) return {}
  const libraries = [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter)
  return { LD_LIBRARY_PATH: libraries, VK_ICD_FILENAMES: join(folder, ICD) }
}

function hasDriver() {
  return DRIVERS.some((folder) => existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.json')))
}

/** Where Chromium lies when it is installed, named by CHROMIUM_PATH, or downloaded by Playwright. */
function* chromiumFolders() {
  if (process.env.CHROMIUM_PATH) yield dirname(process.env.CHROMIUM_PATH)
  yield* INSTALLED
  const downloads = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache', 'ms-playwright')
  if (!existsSync(downloads)) return
  for (const browser of readdirSync(downloads).filter((name) => name.startsWith('chromium')).sort().reverse()) {
    for (const build of readdirSync(join(downloads, browser))) yield join(downloads, browser, build)
  }
}
