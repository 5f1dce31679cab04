/**
 * A form as a signed distance: negative inside, in units in which the form reaches about 1 from its middle;
 * y points down. Away from the outline the distance need not be exact: coverage reads it within a pixel of it.
 * The constructions are those of I. Quilez, “2D distance functions”.
 */
export type Form = (x: number, y: number) => number

const { abs, max, min, sqrt } = Math

/** Math.hypot guards against overflow and takes ten times as long. */
export function lengthOf(x: number, y: number): number {
  return sqrt(x * x + y * y)
}

/** The forms by name, in the order of their labels. */
export const FORMS: Record<string, Form> = {
  disc: (x, y) => lengthOf(x, y) - 0.86,
  ring: (x, y) => abs(lengthOf(x, y) - 0.7) - 0.24,
  square: (x, y) => max(abs(x), abs(y)) - 0.78,
  triangle: (x, y) => max(y - 0.58, 0.866 * abs(x) - 0.5 * y - 0.52),
  star,
  cross(x, y) {
    const long = max(abs(x), abs(y))
    const short = min(abs(x), abs(y))
    return max(long - 0.95, short - 0.3)
  },
  heart,
  crescent: (x, y) => max(lengthOf(x + 0.1, y) - 0.95, 0.78 - lengthOf(x - 0.38, y)),
  arrow(x, y) {
    const head = max(y - 0.05, 0.74 * abs(x) - 0.67 * y - 0.65)
    const shaft = max(abs(x) - 0.26, abs(y - 0.4) - 0.55)
    return min(head, shaft)
  },
  hexagon: (x, y) => max(0.866 * abs(x) + 0.5 * abs(y), abs(y)) - 0.82,
}

/** Five points: the plane is folded onto one edge of one point. */
function star(x: number, y: number): number {
  const cos = 0.809
  const sin = 0.5878
  let px = abs(x)
  let py = -y
  let over = 2 * max(cos * px - sin * py, 0)
  px -= over * cos
  py += over * sin
  over = 2 * max(-cos * px - sin * py, 0)
  px += over * cos
  py += over * sin
  px = abs(px)
  py -= 1.05
  const edgeX = 0.5878 * 0.47
  const edgeY = 0.809 * 0.47 - 1
  const along = min(max((px * edgeX + py * edgeY) / (edgeX * edgeX + edgeY * edgeY), 0), 1.05)
  const side = py * edgeX - px * edgeY
  return lengthOf(px - edgeX * along, py - edgeY * along) * (side < 0 ? -1 : 1)
}

/** Two lobes on a corner that points down. */
function heart(x: number, y: number): number {
  const px = abs(x) / 1.55
  const py = (0.92 - y) / 1.55
  if (px + py > 1) return 1.55 * (lengthOf(px - 0.25, py - 0.75) - sqrt(2) / 4)
  const fold = 0.5 * max(px + py, 0)
  const distance = min(lengthOf(px, py - 1), lengthOf(px - fold, py - fold))
  return 1.55 * distance * (px < py ? -1 : 1)
}
