import { memo } from 'react'
import { fieldOf, type FieldName } from '../../recipe/recipe'
import { ChoiceControl } from './choice-control'
import { ClassChoiceControl } from './class-choice-control'
import { NumberControl } from './number-control'
import { TextControl } from './text-control'

/** The control that a field’s description asks for. */
export const FieldControl = memo(function FieldControl({ name }: { name: FieldName }) {
  const field = fieldOf(name)
  switch (field.kind) {
    case 'number':
      return <NumberControl name={name} field={field} />
    case 'choice':
      return <ChoiceControl name={name} field={field} />
    case 'text':
      return name === 'classes' ? <ClassChoiceControl field={field} /> : <TextControl name={name} field={field} />
  }
})
