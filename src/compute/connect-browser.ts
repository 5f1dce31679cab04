import './gradients'

export { connectBackend } from './backends'
