import type { LaunchOptions } from '@playwright/test'
import { findBrowser } from '../tools/lib/browser.mjs'

/** WebGPU on an adapter in software, which any machine has: slow and correct. */
const SOFTWARE_WEBGPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--disable-gpu-sandbox']

/** How the browser is started for a project; without a browser of this machine's Playwright looks for its own. */
export async function launchOptions(project: 'webgpu' | 'wasm'): Promise<LaunchOptions> {
  const executablePath = await findBrowser()
  const args = project === 'webgpu' ? SOFTWARE_WEBGPU : []
  return executablePath === undefined ? { args } : { args, executablePath }
}
