import type { MethodName } from '../../recipe/field'
import { PRESETS, applyPreset } from '../../recipe/presets'
import { differences, fieldOf } from '../../recipe/recipe'
import { usePlayground } from '../playground-context'
import { ChoiceControl } from './choice-control'
import styles from './controls.module.css'

/** A method without labels wears the colour of its sibling with them. */
const COLOURS: Record<MethodName, string> = {
  suave: 'var(--suave)', daino: 'var(--daino)', swav: 'var(--suave)', dino: 'var(--daino)',
  paws: 'var(--paws)', s4l: 'var(--s4l)', supervised: 'var(--supervised)',
}

/** Which method, from which starting point. */
export function MethodPanel() {
  const field = fieldOf('method')
  return (
    <section className={styles.panel} aria-labelledby="method-heading">
      <h2 id="method-heading" className={styles.eyebrow}>
        Method
      </h2>
      {field.kind === 'choice' && <ChoiceControl name="method" field={field} labelHidden colours={COLOURS} />}
      <PresetChoice />
    </section>
  )
}

function PresetChoice() {
  const form = usePlayground((state) => state.form)
  const choosePreset = usePlayground((state) => state.choosePreset)
  const chosen = PRESETS.find((preset) => differences(applyPreset(preset, form), form).length === 0)
  return (
    <label className={styles.preset}>
      <span>Preset</span>
      <select
        value={chosen?.id ?? ''}
        title={chosen?.explanation ?? 'The settings differ from every preset.'}
        onChange={(event) => choosePreset(event.target.value)}
      >
        {!chosen && <option value="">Custom</option>}
        {PRESETS.map((preset) => (
          <option key={preset.id} value={preset.id}>
            {preset.label}
          </option>
        ))}
      </select>
    </label>
  )
}
