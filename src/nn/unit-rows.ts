export { unitRows } from '../compute/unit-rows'
