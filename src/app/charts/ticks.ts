/** Round steps from 0 up to the last one, four or five of them once there are enough. */
export function stepTicks(last: number): number[] {
  const apart = Math.max(1, last / 5)
  const magnitude = 10 ** Math.floor(Math.log10(apart))
  const distance = [1, 2, 5, 10].map((factor) => factor * magnitude).find((candidate) => candidate >= apart) ?? apart
  return Array.from({ length: Math.floor(last / distance) + 1 }, (_, index) => index * distance)
}
