/** The methods to which no label is shown: their prototypes are clusters without a name. */
const SELF_SUPERVISED: readonly string[] = ['swav', 'dino']

/** Whether labels tie prototype k to class k, so that the best prototype is an answer by itself. */
export function labelsNamePrototypes(method: string): boolean {
  return !SELF_SUPERVISED.includes(method)
}

/** Whether the method’s loss has prototypes in it: the labelled pictures of PAWS vote instead. */
export function hasPrototypes(method: string): boolean {
  return method !== 'paws'
}

const SUCCESSORS: Readonly<Record<string, 'suave' | 'daino'>> = { swav: 'suave', dino: 'daino' }

/** The semi-supervised method that goes on where a self-supervised one ends, as the paper’s runs do. */
export function successorOf(method: string): 'suave' | 'daino' | undefined {
  return SUCCESSORS[method]
}
