import { expect, test } from 'vitest'
import { placeWidgets } from './place-widgets.ts'

const widget = (place: { x?: number; y?: number; width?: number; height?: number }) => ({ type: 'text', properties: { markdown: '' }, ...place }) as const

test('widgets without a place fill the rows from the top left', () => {
  expect(placeWidgets([widget({ width: 12 }), widget({ width: 12 }), widget({ width: 6 }), widget({})]).map(({ x, y }) => [x, y])).toEqual([
    [0, 0], [12, 0], [0, 6], [6, 6],
  ])
})

test('a widget goes around those that have a place', () => {
  expect(placeWidgets([widget({ x: 6, y: 0, width: 18, height: 3 }), widget({ width: 6 }), widget({ width: 12, height: 2 })]).map(({ x, y }) => [x, y])).toEqual([
    [6, 0], [0, 0], [6, 3],
  ])
})

test('what would stand beyond the last column is moved inside', () => {
  expect(placeWidgets([widget({ x: 20, y: 1, width: 8, height: 2 })])).toEqual([{ x: 16, y: 1, width: 8, height: 2 }])
})
