import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'
import { vulkanEnvironment } from './tools/lib/vulkan.mjs'

/** They isolate the page from other origins, which browsers demand before WASM may have threads. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  // Hugging Face answers a download by sending the browser on to its storage hosts (cas-bridge.xethub.hf.co,
  // us.aws.cdn.hf.co and others). A mirror may stand on this machine.
  "connect-src 'self' https://huggingface.co https://*.huggingface.co https://*.hf.co http://localhost:*",
  "object-src 'none'",
  "base-uri 'self'",
].join('; ')

/** Only in the built page: the development server puts a script of its own into the page. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY }, injectTo: 'head-prepend' },
    ],
  }
}

/** KaTeX names each font in three formats; every browser that runs the page reads the first. */
function fontsOnce(): Plugin {
  return {
    name: 'fonts-once',
    enforce: 'pre',
    transform: (code, id) =>
      id.includes('katex') && id.includes('.css') ? code.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)/g, '') : undefined,
  }
}

/**
 * Makes the page work without a network after the first visit. A page that is asked for comes fresh where the network
 * answers, and everything it names is kept. A new version waits until no page of the old one is open: none loses its
 * files, and no training run is cut short by a reload.
 */
const offline = VitePWA({
  registerType: 'prompt',
  injectRegister: 'script-defer',
  manifest: {
    name: 'Suave & Daino playground',
    short_name: 'Suave & Daino',
    description: 'Train Suave and Daino on your own GPU and watch what they learn.',
    theme_color: '#0b6e7f',
    background_color: '#ffffff',
    icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  },
  workbox: {
    globPatterns: ['**/*'],
    // Who measures has a network.
    globIgnores: ['**/bench*', '**/jax-*'],
    maximumFileSizeToCacheInBytes: 64 * 1024 * 1024,
    clientsClaim: true,
    cleanupOutdatedCaches: true,
    directoryIndex: null,
    navigateFallback: null,
    runtimeCaching: [
      {
        urlPattern: ({ request }) => request.mode === 'navigate',
        handler: 'NetworkOnly',
        options: { precacheFallback: { fallbackURL: 'index.html' } },
      },
    ],
  },
})

export default defineConfig({
  base: './',
  // A file that is missing is missing: no page in its place.
  appType: 'mpa',
  plugins: [react(), fontsOnce(), contentSecurityPolicy(), offline],
  worker: { format: 'es' },
  css: { transformer: 'lightningcss' },
  build: {
    target: 'es2023',
    // The content security policy allows no font inside a style sheet.
    assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
    // tfjs is large and every visitor needs it: a warning about its size would be there for ever.
    chunkSizeWarningLimit: 1024,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: { headers: ISOLATION },
  preview: { headers: ISOLATION },
  test: {
    include: ['{src,tools}/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    // A GPU in software takes its time to compile and try our kernels.
    hookTimeout: 240_000,
    // For the tests of WebGPU.
    env: vulkanEnvironment(),
  },
})
