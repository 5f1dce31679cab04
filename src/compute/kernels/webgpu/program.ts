/** Element of an array in WGSL. A vector of four reads a whole row of channels where their number is a multiple of 4. */
export type Element = 'f32' | 'i32' | 'u32' | 'vec2<f32>' | 'vec4<f32>' | 'vec4<i32>' | 'vec4<u32>'
export type Scalar = 'f32' | 'i32' | 'u32'

/** A compute shader and what it is given. Sizes that seldom change stand in its text as constants. */
export interface Program {
  /** What a person reads in an error. */
  name: string
  /** The arrays that it reads, by their names in the code, in the order of the tensors given. */
  reads: Record<string, Element>
  /** The arrays that it writes (and may read), in the order of the tensors given. */
  writes: Record<string, Element>
  /** Numbers that change from run to run: `uniforms.name` in the code. */
  uniforms?: Record<string, Scalar>
  /** Threads of a workgroup. */
  threads: number
  /** Whether threads tell each other in fours, which the device has to allow (“subgroups”). */
  inFours?: boolean
  /**
   * WGSL with `fn run(group: u32, thread: u32)`. `group` counts the workgroups from 0 and may pass the last one that
   * was asked for: what it writes has to be checked against its bounds.
   */
  code: string
}

type Constant = string | number | boolean

/** The same program for the same constants: a pipeline is compiled once for each program. */
export function programFor<Constants extends Constant[]>(build: (...constants: Constants) => Program): (...constants: Constants) => Program {
  const built = new Map<string, Program>()
  return (...constants) => {
    const key = constants.join()
    const program = built.get(key) ?? build(...constants)
    built.set(key, program)
    return program
  }
}

/** The whole shader: bindings 0, 1, … are what is read, what is written, and the uniforms. */
export function shaderOf({ reads, writes, uniforms, threads, inFours, code }: Program): string {
  const arrays = [
    ...Object.entries(reads).map(([name, element]) => ({ access: 'read', name, element })),
    ...Object.entries(writes).map(([name, element]) => ({ access: 'read_write', name, element })),
  ].map(({ access, name, element }, i) => `@group(0) @binding(${i}) var<storage, ${access}> ${name}: array<${element}>;`)
  const fields = Object.entries(uniforms ?? {}).map(([name, scalar]) => `${name}: ${scalar}`)
  // The compiler cannot see that threads of a four take the same way.
  const head = inFours ? 'enable subgroups;\ndiagnostic(off, subgroup_uniformity);' : ''
  return `${head}
${arrays.join('\n')}
${fields.length > 0 ? `struct Uniforms { ${fields.join(', ')} }\n@group(0) @binding(${arrays.length}) var<uniform> uniforms: Uniforms;` : ''}
${code}
@compute @workgroup_size(${threads})
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) place: vec3<u32>,
  @builtin(num_workgroups) places: vec3<u32>,
) {
  run(place.y * places.x + place.x, thread);
}`
}

/** The bytes of the uniforms, in the order of the program. */
export function uniformBytes(uniforms: Record<string, Scalar>, values: Record<string, number>): ArrayBuffer {
  const entries = Object.entries(uniforms)
  const view = new DataView(new ArrayBuffer(Math.ceil(entries.length / 4) * 16))
  entries.forEach(([name, scalar], i) => {
    const value = values[name]
    if (value === undefined) throw new Error(`The uniform ${name} has no value.`)
    if (scalar === 'f32') view.setFloat32(4 * i, value, true)
    else if (scalar === 'i32') view.setInt32(4 * i, value, true)
    else view.setUint32(4 * i, value, true)
  })
  return view.buffer
}
