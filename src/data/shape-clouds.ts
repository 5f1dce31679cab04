import { SIDE } from './picture-set'
import type { RandomStream } from './random'
import { blend, MIDDLE, type Canvas, type Colour } from './shape-canvas'
import { lengthOf } from './shape-forms'
import { between } from './shape-scene'

/** How much of a cloud lies over each pixel, [32, 32], 0 to 1. */
export type Cloud = Float32Array

/** Clouds of a set: drawn for each picture anew they would take half of the time. */
const CLOUDS = 64
const BLOTCHES = 3
const OPACITY = 0.6

/** Draws the clouds that the pictures of a set share: soft blotches. */
export function drawClouds(random: RandomStream): Cloud[] {
  return Array.from({ length: CLOUDS }, () => {
    const cloud = new Float32Array(SIDE * SIDE)
    for (let left = BLOTCHES; left > 0; left--) {
      const [x, y] = [between(random, -MIDDLE, MIDDLE), between(random, -MIDDLE, MIDDLE)]
      addBlotch(cloud, x, y, between(random, 3, 9))
    }
    return cloud
  })
}

function addBlotch(cloud: Cloud, x: number, y: number, radius: number): void {
  for (let row = 0, at = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++, at++) {
      const distance = lengthOf(column - MIDDLE - x, row - MIDDLE - y)
      cloud[at] = Math.max(cloud[at]!, OPACITY * Math.min(Math.max(1 - distance / (2 * radius), 0), 1))
    }
  }
}

export function paintCloud(canvas: Canvas, cloud: Cloud, colour: Colour): void {
  for (let pixel = 0; pixel < cloud.length; pixel++) {
    if (cloud[pixel]! > 0) blend(canvas, 3 * pixel, colour, cloud[pixel]!)
  }
}
