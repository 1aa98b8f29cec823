import { describe, expect, test } from 'vitest'
import { bandsOf, changeOf, type StateChange } from './state-bands.ts'

const change = (at: number, from: StateChange['from'], to: StateChange['to']): StateChange => ({ at, from, to, reason: '' })

describe('state bands', () => {
  test('without any change: the present state throughout', () => {
    expect(bandsOf([], 'OK', undefined, 100, 200)).toEqual([{ state: 'OK', start: 100, end: 200 }])
  })

  test('changes in any order', () => {
    expect(bandsOf([change(160, 'ALARM', 'OK'), change(120, 'OK', 'ALARM')], 'OK', undefined, 100, 200)).toEqual([
      { state: 'OK', start: 100, end: 120 }, { state: 'ALARM', start: 120, end: 160 }, { state: 'OK', start: 160, end: 200 },
    ])
  })

  test('a range of the past takes its state from the change after it', () => {
    expect(bandsOf([change(500, 'ALARM', 'OK')], 'OK', undefined, 100, 200)).toEqual([{ state: 'ALARM', start: 100, end: 200 }])
  })

  test('nothing before the creation', () => {
    expect(bandsOf([change(150, 'INSUFFICIENT_DATA', 'OK')], 'OK', 140, 100, 200)).toEqual([
      { state: 'INSUFFICIENT_DATA', start: 140, end: 150 }, { state: 'OK', start: 150, end: 200 },
    ])
    expect(bandsOf([], 'OK', 300, 100, 200)).toEqual([])
  })

  test('a change into the same state makes no seam', () => {
    expect(bandsOf([change(150, 'OK', 'OK')], 'OK', undefined, 100, 200)).toEqual([{ state: 'OK', start: 100, end: 200 }])
  })
})

describe('a history item', () => {
  const item = { HistoryItemType: 'StateUpdate', Timestamp: 7, HistorySummary: 'Alarm updated from OK to ALARM' } as const

  test('tells its change with the reason', () => {
    const HistoryData = JSON.stringify({
      oldState: { stateValue: 'OK' }, newState: { stateValue: 'ALARM', stateReason: 'Threshold Crossed' },
    })
    expect(changeOf({ ...item, HistoryData })).toEqual({ at: 7, from: 'OK', to: 'ALARM', reason: 'Threshold Crossed' })
  })

  test('whose document was cut still tells the states', () => {
    expect(changeOf({ ...item, HistoryData: '{"oldState":{"stateVal' })).toEqual({ at: 7, from: 'OK', to: 'ALARM', reason: '' })
  })

  test('of another kind is no change', () => {
    expect(changeOf({ ...item, HistoryItemType: 'Action' })).toBeUndefined()
    expect(changeOf({ ...item, HistorySummary: 'Alarm updated from NOWHERE to ALARM' })).toBeUndefined()
  })
})
