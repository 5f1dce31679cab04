// @vitest-environment jsdom
import { expect, it, vi } from 'vitest'
import { pointerOn } from './pointer-on'

function elementAt(left: number, top: number, width: number, offsetWidth: number): HTMLElement {
  const element = document.createElement('div')
  vi.spyOn(element, 'getBoundingClientRect').mockReturnValue(new DOMRect(left, top, width, width))
  vi.spyOn(element, 'offsetWidth', 'get').mockReturnValue(offsetWidth)
  return element
}

it('tells the pointer’s place in the element’s own pixels, magnified or not', () => {
  expect(pointerOn(elementAt(10, 20, 400, 400), { clientX: 60, clientY: 120 })).toEqual({ x: 50, y: 100 })
  expect(pointerOn(elementAt(10, 20, 500, 400), { clientX: 60, clientY: 120 })).toEqual({ x: 40, y: 80 })
})

it('does not divide by the width of what is not laid out', () => {
  expect(pointerOn(elementAt(0, 0, 0, 0), { clientX: 7, clientY: 8 })).toEqual({ x: 7, y: 8 })
})
