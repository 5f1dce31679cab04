/** Names for prototypes, for the views that count with them. */
export { identityNaming, type Naming } from '../training/confusion'
