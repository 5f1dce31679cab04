import { NODE_BACKENDS, type NodeBackend } from '../compute/connect-node'
import { RecipeError } from '../recipe/recipe'

export const BACKEND_HELP = 'wasm (default), webgpu or cpu'

/** The backend that `--backend` names; WASM without it. @throws RecipeError when Node has none of that name */
export function nodeBackendOf(name: string | undefined): NodeBackend {
  const backend = NODE_BACKENDS.find((one) => one === (name ?? 'wasm'))
  if (backend) return backend
  throw new RecipeError(`--backend cannot be “${name}” here; choose cpu, wasm or webgpu.`)
}
