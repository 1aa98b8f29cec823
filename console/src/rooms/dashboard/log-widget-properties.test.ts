import { expect, test } from 'vitest'
import { logWidgetProperties } from './log-widget-properties.ts'

test('a log widget is a table unless it says otherwise', () => {
  expect(logWidgetProperties({ query: "SOURCE 'a' | fields x", region: 'eu-west-1', title: '' })).toEqual({
    title: undefined, query: "SOURCE 'a' | fields x", view: 'table', stacked: false, region: 'eu-west-1',
  })
  expect(logWidgetProperties({ query: 7, view: 'pie', stacked: true, title: 'T' })).toEqual({ title: 'T', query: '', view: 'pie', stacked: true, region: undefined })
  expect(logWidgetProperties({ view: 'gauge' }).view).toBe('table')
})
