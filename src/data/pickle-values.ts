/** What a pickle may hold here: data, and the few named things that numpy arrays are rebuilt from. */
export type PickleValue =
  | null | boolean | number | string | Uint8Array | PickledArray | PickledType | PickledName
  | PickleValue[] | Map<string, PickleValue>

/** numpy’s element type, by its code: `u1` is uint8. */
export class PickledType {
  constructor(readonly code: string) {}
}

/** A numpy array: raw elements of a shape, row by row or (Fortran) column by column. */
export class PickledArray {
  shape: number[] = []
  code = ''
  columnsFirst = false
  bytes = new Uint8Array(0)
}

/** A name of Python’s that a pickle refers to. Only the ones below are understood. */
export class PickledName {
  constructor(readonly name: string) {}
}

/** Python’s names, each a word for a way to read what follows it: nothing is looked up, nothing runs. */
const READINGS: Record<string, (given: PickleValue[]) => PickleValue | undefined> = {
  'numpy.ndarray': () => undefined,
  'numpy.core.multiarray._reconstruct': () => new PickledArray(),
  'numpy._core.multiarray._reconstruct': () => new PickledArray(),
  'numpy.dtype': ([code]) => {
    const text = asText(code)
    return text === undefined ? undefined : new PickledType(text)
  },
  // Python 3 writes bytes this way for old protocols: each character is one byte.
  '_codecs.encode': ([text, encoding]) =>
    typeof text === 'string' && asText(encoding) === 'latin1'
      ? latin1Bytes(text)
      : undefined,
}

export function isKnownName(name: string): boolean {
  return Object.hasOwn(READINGS, name)
}

/** What a known name makes of its arguments; undefined when it makes nothing of them. */
export function reduced(callee: PickleValue | undefined, given: PickleValue | undefined): PickleValue | undefined {
  if (!(callee instanceof PickledName) || !Array.isArray(given)) return undefined
  return READINGS[callee.name]?.(given)
}

/** Gives an array or a type its state; false when the state is not one of theirs. */
export function built(target: PickleValue | undefined, state: PickleValue | undefined): boolean {
  if (!Array.isArray(state)) return false
  // Byte order and alignment: single bytes, the only elements that are read, have neither.
  if (target instanceof PickledType) return true
  const [, shape, type, columnsFirst, bytes] = state
  const fits = target instanceof PickledArray && Array.isArray(shape)
    && type instanceof PickledType && bytes instanceof Uint8Array
  if (!fits) return false
  target.shape = shape.map(Number)
  target.code = type.code
  target.columnsFirst = columnsFirst === true || columnsFirst === 1
  target.bytes = bytes as Uint8Array<ArrayBuffer>
  return true
}

/** Text, be it Python’s unicode or its byte string (Latin-1, so that every byte is a character). */
export function asText(value: PickleValue | undefined): string | undefined {
  if (typeof value === 'string') return value
  return value instanceof Uint8Array ? latin1(value) : undefined
}

export function latin1(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/** A loop, because a data batch may come as a text of 30 million characters. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}
