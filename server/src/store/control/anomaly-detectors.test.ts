import { expect, test } from 'vitest'
import { ELSEWHERE, OURS, START, temporaryControl, THEIRS } from '../../../test/temporary-control.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, epochSeconds, seconds } from '../../base/time.ts'
import type { AnomalyDetector, BandModel, TrainedModel } from '../../model/anomaly-detector.ts'
import type { DetectorChange } from './anomaly-detectors.ts'

const CONFIGURATION = { excluded: [], timezone: 'Europe/Berlin', adaptationSpeed: undefined, outlierFiltering: undefined, periodicSpikes: true }

const aDetector = (tenant: Tenant, id: string, configuredAt = START): AnomalyDetector => ({
  tenant,
  id,
  source: { kind: 'metric', metric: { namespace: 'App', name: id, dimensions: [] }, statistic: 'Average' },
  configuration: CONFIGURATION,
  configuredAt,
})

const aModel = (tenant: Tenant, detectorId: string, period: number): TrainedModel => {
  const model: BandModel = {
    version: 1, timezone: 'UTC', period: seconds(period), state: 'TRAINED', until: epochSeconds(7), points: 99, trend: 0.5, nonNegative: true,
    levels: [1.5], spreads: [0.25], spikes: { above: 0, below: 0 },
  }
  return { tenant, detectorId, trainedAt: START, model }
}

test('a detector comes back as it was put, to its own tenant', async () => {
  const detectors = temporaryControl().store.anomalyDetectors
  for (const tenant of [OURS, ELSEWHERE, THEIRS]) await detectors.put(aDetector(tenant, 'a'))
  expect(await detectors.get(OURS, 'a')).toEqual({ detector: aDetector(OURS, 'a'), state: 'PENDING_TRAINING' })
  expect(await detectors.list(THEIRS)).toEqual([{ detector: aDetector(THEIRS, 'a'), state: 'PENDING_TRAINING' }])
  expect(await detectors.all()).toHaveLength(3)
  expect(await detectors.delete(OURS, 'a')).toBe(true)
  expect(await detectors.delete(OURS, 'a')).toBe(false)
  expect(await detectors.all()).toHaveLength(2)
})

test('what was learnt replaces what was before, and goes with the detector', async () => {
  const detectors = temporaryControl().store.anomalyDetectors
  for (const tenant of [OURS, THEIRS]) await detectors.put(aDetector(tenant, 'a'))
  expect(await detectors.learnt(aDetector(OURS, 'a'), 'TRAINED', [aModel(OURS, 'a', 60), aModel(OURS, 'a', 300)])).toBe(true)
  expect(await detectors.learnt(aDetector(THEIRS, 'a'), 'TRAINED_INSUFFICIENT_DATA', [aModel(THEIRS, 'a', 300)])).toBe(true)
  expect(await detectors.learnt(aDetector(OURS, 'a'), 'TRAINED', [aModel(OURS, 'a', 300)])).toBe(true)
  expect(await detectors.models()).toEqual([aModel(OURS, 'a', 300), aModel(THEIRS, 'a', 300)])
  expect((await detectors.get(OURS, 'a'))?.state).toBe('TRAINED')
  await detectors.delete(OURS, 'a')
  expect(await detectors.models()).toEqual([aModel(THEIRS, 'a', 300)])
})

test('a training that a new configuration or a deletion has overtaken leaves nothing', async () => {
  const detectors = temporaryControl().store.anomalyDetectors
  await detectors.put(aDetector(OURS, 'a'))
  await detectors.put(aDetector(OURS, 'a', epochMillis(START + 1)))
  expect(await detectors.learnt(aDetector(OURS, 'a'), 'TRAINED', [aModel(OURS, 'a', 300)])).toBe(false)
  expect(await detectors.learnt(aDetector(OURS, 'gone'), 'TRAINED', [aModel(OURS, 'gone', 300)])).toBe(false)
  expect(await detectors.models()).toEqual([])
  expect((await detectors.get(OURS, 'a'))?.state).toBe('PENDING_TRAINING')
})

test('what is added never overwrites, and changes are told', async () => {
  const detectors = temporaryControl().store.anomalyDetectors
  const told: DetectorChange[] = []
  detectors.onChange(change => told.push(change))
  expect(await detectors.add(aDetector(OURS, 'a'))).toBe(true)
  expect(await detectors.add(aDetector(OURS, 'a', epochMillis(START + 9)))).toBe(false)
  await detectors.put(aDetector(OURS, 'a', epochMillis(START + 1)))
  await detectors.delete(OURS, 'a')
  expect((await detectors.list(OURS))).toEqual([])
  expect(told.map(({ record }) => record?.detector.configuredAt)).toEqual([START, START + 1, undefined])
})

test('a model of another version is not read', async () => {
  const detectors = temporaryControl().store.anomalyDetectors
  await detectors.put(aDetector(OURS, 'a'))
  const { model, ...rest } = aModel(OURS, 'a', 300)
  await detectors.learnt(aDetector(OURS, 'a'), 'TRAINED', [{ ...rest, model: JSON.parse(JSON.stringify({ ...model, version: 2 })) }])
  expect(await detectors.models()).toEqual([])
})
