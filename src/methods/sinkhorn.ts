export { sinkhorn } from '../compute/sinkhorn'
