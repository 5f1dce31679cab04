/** As many hues as eyes tell apart, colour-blind ones too; the theme has them by day and by night. */
const HUES = 10

/** The theme’s colour of a class, `colour(classColour(3))`. With more classes than hues they come again: names tell them apart. */
export function classColour(label: number): `--class-${number}` {
  return `--class-${label % HUES}`
}
