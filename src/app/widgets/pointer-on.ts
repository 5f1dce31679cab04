/**
 * Where a pointer is on an element, in the element’s own CSS pixels from its left upper corner. Those of the screen, in
 * which events and boxes are told, are larger in projector mode.
 */
export function pointerOn(element: HTMLElement, { clientX, clientY }: { clientX: number; clientY: number }): { x: number; y: number } {
  const { left, top, width } = element.getBoundingClientRect()
  // What is not laid out is not magnified either.
  const scale = element.offsetWidth / width || 1
  return { x: (clientX - left) * scale, y: (clientY - top) * scale }
}
