import { expect, test } from 'vitest'
import { readChoice, writeChoice } from './graph-choice.ts'

const choice = {
  metrics: [
    { Namespace: 'A/B', MetricName: 'x&y', Dimensions: [{ Name: 'n', Value: 'ü #1' }] },
    { Namespace: 'C', MetricName: 'z', Dimensions: [] },
  ],
  statistic: 'p99', period: 300,
}

test('a choice survives the address', () => {
  expect(readChoice(new URLSearchParams(new URLSearchParams(writeChoice(choice)).toString()))).toEqual(choice)
})

test.each(['', 'metrics=[', 'metrics=5', 'metrics=[[1,2]]', 'metrics=[["A"]]', 'metrics=[["A","b",["c"]]]', 'statistic=nope&period=7'])(
  'a broken address %s shows nothing', address => {
    expect(readChoice(new URLSearchParams(address))).toEqual({ metrics: [], statistic: 'Average', period: 60 })
  },
)
