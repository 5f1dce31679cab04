import type { Element } from './program'

// Arrays whose last dimension are channels, read and written by fours, whatever the number of channels.

export function quadsOf(channels: number): number {
  return Math.ceil(channels / 4)
}

/** Four channels lie in one vector where no vector would reach into the next pixel. */
export function elementOf(channels: number): Element {
  return channels % 4 === 0 ? 'vec4<f32>' : 'f32'
}

/** How many such elements an array of that size has. */
export function elementCount(size: number): number {
  return size % 4 === 0 ? size / 4 : size
}

/** WGSL of `NAMEQuad(pixel, quad)`: four channels of a pixel, zeros behind the last. */
export function readQuad(name: string, channels: number): string {
  const body = channels % 4 === 0 ? `return ${name}[pixel * ${channels / 4}u + quad];`
    : channels < 4 ? `return vec4<f32>(${[0, 1, 2, 3].map((i) => i < channels ? `${name}[pixel * ${channels}u + ${i}u]` : '0.0').join(', ')});`
    : `let at = pixel * ${channels}u + 4u * quad;
  let count = ${channels}u - 4u * quad;
  return vec4<f32>(${[0, 1, 2, 3].map((i) => `select(0.0, ${name}[at + ${i}u], count > ${i}u)`).join(', ')});`
  return `fn ${name}Quad(pixel: u32, quad: u32) -> vec4<f32> {
  ${body}
}`
}

/** WGSL of `set_NAME(pixel, quad, value)`: what lies behind the last channel is left out. */
export function writeQuad(name: string, channels: number): string {
  const body = channels % 4 === 0
    ? `if (quad < ${channels / 4}u) { ${name}[pixel * ${channels / 4}u + quad] = value; }`
    : [0, 1, 2, 3].map((i) => `if (4u * quad + ${i}u < ${channels}u) { ${name}[pixel * ${channels}u + 4u * quad + ${i}u] = value[${i}]; }`).join('\n  ')
  return `fn set_${name}(pixel: u32, quad: u32, value: vec4<f32>) {
  ${body}
}`
}
