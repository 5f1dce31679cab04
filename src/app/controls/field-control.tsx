import { memo } from 'react'
import { fieldOf, type FieldName } from '../../recipe/recipe'
import { ChoiceControl } from './choice-control'
import { NumberControl } from './number-control'

/** The control that a field’s description asks for. */
export const FieldControl = memo(function FieldControl({ name }: { name: FieldName }) {
  const field = fieldOf(name)
  if (field.kind === 'text') return null
  return field.kind === 'number' ? <NumberControl name={name} field={field} /> : <ChoiceControl name={name} field={field} />
})
