import type { PrincipalPlane } from './principal-plane'

/**
 * Turns and, if need be, mirrors a plane within itself so that the points of a new frame come as near as can be to
 * the same points of the frame before (orthogonal Procrustes, Schönemann, 1966, in two dimensions): which way a
 * component points, and which of two that weigh alike comes first, is chance, and the eye should not be told of it.
 * @param points of the new frame, [points, 2]
 * @param before the same points in the frame before, [points, 2]
 * @returns the plane with turned axes, and its turned points
 */
export function orientedAs(plane: PrincipalPlane, points: Float32Array, before: Float32Array): { plane: PrincipalPlane; points: Float32Array } {
  // M = Σ b aᵀ; among all rotations and mirrorings R the trace of Rᵀ M is to be largest.
  let [xx, xy, yx, yy] = [0, 0, 0, 0]
  for (let at = 0; at < points.length; at += 2) {
    const [x, y, oldX, oldY] = [points[at]!, points[at + 1]!, before[at]!, before[at + 1]!]
    xx += oldX * x
    xy += oldX * y
    yx += oldY * x
    yy += oldY * y
  }
  const turn = bestOf([xx, xy, yx, yy])
  const size = plane.axes.length / 2
  const axes = Float64Array.from(plane.axes, (_, at) => {
    const [row, i] = [at < size ? 0 : 2, at % size]
    return turn[row]! * plane.axes[i]! + turn[row + 1]! * plane.axes[size + i]!
  })
  const turned = Float32Array.from(points, (_, at) => {
    const [row, from] = [at % 2 === 0 ? 0 : 2, at - (at % 2)]
    return turn[row]! * points[from]! + turn[row + 1]! * points[from + 1]!
  })
  return { plane: { ...plane, axes }, points: turned }
}

type Matrix = [number, number, number, number]

/** The orthogonal matrix R, row by row, with the largest trace of Rᵀ M. */
function bestOf([a, b, c, d]: Matrix): Matrix {
  // Rotations gain (a + d) cos + (c − b) sin, mirrorings (a − d) cos + (b + c) sin.
  const [rotation, mirroring] = [Math.hypot(a + d, c - b), Math.hypot(a - d, b + c)]
  if (rotation === 0 && mirroring === 0) return [1, 0, 0, 1]
  if (rotation >= mirroring) {
    const [cos, sin] = [(a + d) / rotation, (c - b) / rotation]
    return [cos, -sin, sin, cos]
  }
  const [cos, sin] = [(a - d) / mirroring, (b + c) / mirroring]
  return [cos, sin, sin, -cos]
}
