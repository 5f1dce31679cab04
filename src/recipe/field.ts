import { z } from 'zod'

// zod would otherwise try `new Function`, which a content security policy forbids.
z.config({ jitless: true })

/** No control characters: a text stands on one line of a page, an address, a terminal. */
const ONE_LINE = /^\P{Cc}*$/u

export const METHODS = ['suave', 'daino', 'swav', 'dino', 'paws', 's4l', 'supervised'] as const
export type MethodName = (typeof METHODS)[number]

/** The one learner with prototypes, with labels and without. */
export const CLUSTERING = ['suave', 'daino', 'swav', 'dino'] as const satisfies MethodName[]
export type ClusteringName = (typeof CLUSTERING)[number]
/** The methods that give unlabelled pictures targets. */
export const ASSIGNING: readonly MethodName[] = [...CLUSTERING, 'paws']

/** The panels in which the page groups the fields, in their order. */
export const GROUPS = ['pictures', 'method', 'optimiser', 'network', 'views', 'run', 'measures'] as const
export type Group = (typeof GROUPS)[number]

/** What a person reads about a field, and where it counts. */
export interface FieldText {
  /** Short name, as on the slider. */
  label: string
  /** The symbol of the papers, if there is one. */
  symbol?: string
  /** One or two sentences: what it does and what to look for when it moves. */
  explanation: string
  group: Group
  /** The methods that read the field; absent when all of them do. */
  methods?: readonly MethodName[]
  /** The data sets for which the field counts; absent when it counts for all. */
  datasets?: readonly string[]
  /** Whether other fields leave this one anything to say; absent when they always do. */
  when?(recipe: Readonly<Record<string, unknown>>): boolean
  /** Live fields act on the next step; the others need a new run. */
  live?: boolean
}

export interface NumberRange {
  minimum: number
  maximum: number
  default: number
  /** Smallest sensible change on a linear slider, and the rounding of a shown value. */
  step: number
  /** `log` sliders move by factors. */
  scale?: 'linear' | 'log'
  /** Whole numbers only. */
  whole?: boolean
  unit?: string
}

export interface NumberField extends FieldText, NumberRange { kind: 'number' }
export interface ChoiceField extends FieldText {
  kind: 'choice'
  default: string
  options: readonly { value: string; label: string }[]
}
export interface TextRange {
  /** The most characters it may have. */
  maximum: number
  default?: string
  /** What an empty text means, as the empty control says it. */
  empty: string
  /** A text that a program writes: which ones it understands, and what to do about others. */
  grammar?: { accepts(text: string): boolean; cure: string }
}
export interface TextField extends FieldText, TextRange {
  kind: 'text'
  default: string
}
export type Field = NumberField | ChoiceField | TextField

declare module 'zod' {
  interface GlobalMeta { field?: Field }
}

/** A numeric hyper-parameter: its zod type carries its whole description. */
export function number(text: FieldText & NumberRange) {
  const field: NumberField = { kind: 'number', scale: 'linear', ...text }
  const base = field.whole ? z.int() : z.number()
  return base.min(field.minimum).max(field.maximum).meta({ field })
}

/** A choice between named options; the first option is the default unless another is named. */
export function choice<const Value extends string>(
  options: Record<Value, string>,
  text: FieldText & { default?: NoInfer<Value> },
) {
  const values = Object.keys(options) as [Value, ...Value[]]
  const field: ChoiceField = {
    ...text,
    kind: 'choice',
    default: text.default ?? values[0],
    options: values.map((value) => ({ value, label: options[value] })),
  }
  return z.enum(values).meta({ field })
}

/** A text of one line, empty unless another default is named. */
export function text(description: FieldText & TextRange) {
  const field: TextField = { default: '', ...description, kind: 'text' }
  const line = z.string().max(field.maximum).regex(ONE_LINE)
  return (field.grammar ? line.refine(field.grammar.accepts) : line).meta({ field })
}
