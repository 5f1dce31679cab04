import { tensor2d, type TensorInfo } from '@tensorflow/tfjs-core'
import { LUMA, PICTURE_VIEWS, pictureViews, PLAN_NUMBERS, type ViewPlan } from '../../picture-views'
import type { OwnKernel } from './own-kernel'
import { programFor, type Program } from './program'
import { reductions } from './reductions'

const THREADS = 128

/** One workgroup a view: it samples the picture once for the view’s mean grey and once more for the view. */
const program = programFor((rows: number, pictureSide: number, side: number): Program => ({
  name: 'views',
  reads: { packed: 'f32', plan: 'f32' },
  writes: { views: 'f32' },
  uniforms: {
    meanRed: 'f32', meanGreen: 'f32', meanBlue: 'f32', deviationRed: 'f32', deviationGreen: 'f32', deviationBlue: 'f32',
  },
  threads: THREADS,
  code: `
${reductions(THREADS)}
fn pixel(picture: u32, y: u32, x: u32) -> vec3<f32> {
  let bits = u32(packed[picture * ${pictureSide ** 2}u + y * ${pictureSide}u + x]);
  return vec3<f32>(f32(bits & 255u), f32((bits >> 8u) & 255u), f32(bits >> 16u)) / 255.0;
}
/** Where sample number \`step\` lies, in pixels, when the first and the last lie at these shares of the way. */
fn place(step: u32, first: f32, last: f32) -> f32 {
  let share = first + (last - first) * f32(step) / ${Math.max(1, side - 1)}.0;
  return clamp(share * ${pictureSide - 1}.0, 0.0, ${pictureSide - 1}.0);
}
fn sampled(picture: u32, box: vec4<f32>, at: u32) -> vec3<f32> {
  let y = place(at / ${side}u, box.x, box.z);
  let x = place(at % ${side}u, box.y, box.w);
  let top = u32(floor(y));
  let bottom = u32(ceil(y));
  let left = u32(floor(x));
  let right = u32(ceil(x));
  let above = mix(pixel(picture, top, left), pixel(picture, top, right), fract(x));
  let below = mix(pixel(picture, bottom, left), pixel(picture, bottom, right), fract(x));
  return mix(above, below, fract(y));
}
fn run(row: u32, thread: u32) {
  if (row >= ${rows}u) { return; }
  let start = row * ${PLAN_NUMBERS}u;
  let picture = u32(plan[start]);
  let box = vec4<f32>(plan[start + 1u], plan[start + 2u], plan[start + 3u], plan[start + 4u]);
  var grey = 0.0;
  for (var at = thread; at < ${side ** 2}u; at += ${THREADS}u) { grey += dot(sampled(picture, box, at), vec3<f32>(${LUMA.join()})); }
  let offset = plan[start + 14u] * sumOf(thread, grey) / ${side ** 2}.0;
  let red = vec3<f32>(plan[start + 5u], plan[start + 6u], plan[start + 7u]);
  let green = vec3<f32>(plan[start + 8u], plan[start + 9u], plan[start + 10u]);
  let blue = vec3<f32>(plan[start + 11u], plan[start + 12u], plan[start + 13u]);
  let mean = vec3<f32>(uniforms.meanRed, uniforms.meanGreen, uniforms.meanBlue);
  let deviation = vec3<f32>(uniforms.deviationRed, uniforms.deviationGreen, uniforms.deviationBlue);
  for (var at = thread; at < ${side ** 2}u; at += ${THREADS}u) {
    let x = sampled(picture, box, at);
    let recoloured = clamp(x.r * red + x.g * green + x.b * blue + offset, vec3<f32>(0.0), vec3<f32>(1.0));
    let y = (recoloured - mean) / deviation;
    let to = 3u * (row * ${side ** 2}u + at);
    views[to] = y.r;
    views[to + 1u] = y.g;
    views[to + 2u] = y.b;
  }
}`,
}))

export const PICTURE_VIEWS_KERNEL: OwnKernel = {
  name: 'views of pictures',
  kernels: {
    [PICTURE_VIEWS]: (gpu, { inputs, attrs }) => {
      const { packed, plan } = inputs as Record<'packed' | 'plan', TensorInfo>
      const { side, mean, deviation } = attrs as { side: number; mean: number[]; deviation: number[] }
      const rows = plan.shape[0]!
      const views = gpu.output([rows, side, side, 3])
      gpu.run(program(rows, Math.sqrt(packed.shape[1]!), side), {
        reads: [packed, plan],
        writes: [views],
        uniforms: {
          meanRed: mean[0]!, meanGreen: mean[1]!, meanBlue: mean[2]!,
          deviationRed: deviation[0]!, deviationGreen: deviation[1]!, deviationBlue: deviation[2]!,
        },
        groups: rows,
      })
      return [views]
    },
  },
  trial: () => [6, 9].map((side) => pictureViews(
    tensor2d(Array.from({ length: 3 * 64 }, (_, i) => (i * 2_654_435) % 2 ** 24), [3, 64]), PLANS, side,
    { mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.25, 0.3] },
  )),
}

/** The whole picture; a flipped part of it, brighter; a grey one of little contrast. */
const PLANS: readonly ViewPlan[] = [
  { picture: 2, box: [0, 0, 1, 1], colours: [1, 0, 0, 0, 1, 0, 0, 0, 1], offset: 0 },
  { picture: 0, box: [0.1, 0.93, 0.7, 0.2], colours: [1.2, 0.1, 0, -0.1, 1.3, 0.1, 0.05, 0, 1.1], offset: 0.3 },
  { picture: 1, box: [0.31, 0.2, 0.97, 0.64], colours: LUMA.flatMap((weight) => [weight / 2, weight / 2, weight / 2]), offset: 0.5 },
]
