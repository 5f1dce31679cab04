import { defineConfig } from '@playwright/test'
import { launchOptions } from './e2e/browser'
import { nextFreePort } from './tools/lib/port.mjs'

// The configuration is read again in every worker process; they find the first one's choice in the environment.
const PORT = (process.env['PLAYGROUND_TEST_PORT'] ??= String(await nextFreePort(4300)))
const ADDRESS = `http://localhost:${PORT}/`

export default defineConfig({
  testDir: 'e2e',
  // Training takes its time on a software GPU.
  timeout: 300_000,
  expect: { timeout: 20_000 },
  workers: 1,
  forbidOnly: Boolean(process.env['CI']),
  // A machine that serves many may be busy once; what passes only then is listed as flaky.
  retries: process.env['CI'] ? 1 : 0,
  reporter: 'list',
  use: { baseURL: ADDRESS, viewport: { width: 1280, height: 720 }, screenshot: 'only-on-failure', serviceWorkers: 'block' },
  projects: [
    // A GPU in software is slow: what does not depend on the backend is tested on WASM alone.
    {
      name: 'webgpu',
      testMatch: ['smoke.spec.ts', 'training.spec.ts', 'agreement.spec.ts'],
      use: { launchOptions: await launchOptions('webgpu') },
    },
    { name: 'wasm', testIgnore: 'agreement.spec.ts', use: { launchOptions: await launchOptions('wasm') } },
  ],
  webServer: {
    command: 'node tools/start.mjs',
    url: ADDRESS,
    env: { PORT },
    timeout: 300_000,
  },
})
