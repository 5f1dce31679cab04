import type { NumberField } from '../../recipe/field'

/**
 * What was typed into a field, as a number if it is one. A comma stands for a point, save in whole numbers, where it may
 * part thousands; what is no number comes back as it is, to be refused by name.
 */
export function typedNumber(text: string, { whole = false }: Pick<NumberField, 'whole'>): number | string {
  const plain = whole ? text : text.replace(',', '.')
  return plain.trim() === '' || Number.isNaN(Number(plain)) ? text : Number(plain)
}
