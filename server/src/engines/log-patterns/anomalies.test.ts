import { describe, expect, test } from 'vitest'
import type { LogAnomaly } from './anomaly.ts'
import { type DetectorModel, EMPTY_MODEL, TRAINING } from './detector-model.ts'
import { evaluateWindow } from './evaluate-window.ts'
import { mergePatterns } from './merge-patterns.ts'
import { normalise } from './normalise.ts'
import { changed } from './suppression.ts'

const MINUTE = 60_000
const FIVE = 5 * MINUTE
const settings = { anomalyDetectorArn: 'arn:aws:logs:us-east-1:111111111111:anomaly-detector:d1', visibility: 7 * 86_400_000 }

/** A detector on a clock: each step is one window of five minutes with so many events of each message. */
class Detector {
  model: DetectorModel = EMPTY_MODEL
  anomalies: readonly LogAnomaly[] = []
  at = Date.UTC(2026, 0, 1)
  #ids = 0

  step(events: Readonly<Record<string, number>>, windows = 1): this {
    for (let done = 0; done < windows; done++) {
      this.at += FIVE
      const patterns = Object.entries(events).flatMap(([message, count]) =>
        mergePatterns([{ text: normalise(message), count, sample: message }]).map(pattern => ({
          pattern, logSamples: [{ timestamp: this.at - 1, message }], logGroupArns: ['arn:aws:logs:us-east-1:111111111111:log-group:g'],
        })),
      )
      const answer = evaluateWindow(this.model, this.anomalies, { end: this.at, patterns }, settings, () => `a${++this.#ids}`)
      // What is kept is JSON.
      this.model = JSON.parse(JSON.stringify(answer.model)) as DetectorModel
      this.anomalies = JSON.parse(JSON.stringify(answer.anomalies)) as readonly LogAnomaly[]
    }
    return this
  }

  update(change: Parameters<typeof changed>[1], byPattern = false): this {
    this.anomalies = this.anomalies.map(anomaly => changed(anomaly, change, this.at, byPattern))
    return this
  }

  get shown() {
    return this.anomalies.map(({ anomalyId, patternString, state, active, priority }) => `${anomalyId} ${patternString}: ${state}, ${active ? 'active' : 'over'}, ${priority}`)
  }
}
const trained = () => new Detector().step({ 'INFO alive': 20 }, TRAINING)

test('while it is trained, nothing is an anomaly', () => {
  expect(new Detector().step({ 'INFO a': 1 }, 5).step({ 'INFO a': 500, 'ERROR b': 3 }, TRAINING - 5).anomalies).toEqual([])
})

test('a new pattern is an anomaly, as ListAnomalies shows it', () => {
  const detector = trained().step({ 'INFO alive': 21, 'ERROR disk 3 is full': 2 })
  expect(detector.anomalies).toEqual([
    {
      anomalyId: 'a1', patternId: expect.stringMatching(/^[0-9a-f]{32}$/) as string, anomalyDetectorArn: settings.anomalyDetectorArn, patternString: 'ERROR disk <*> is full',
      patternRegex: '^ERROR disk .* is full$', priority: 'HIGH', firstSeen: detector.at, lastSeen: detector.at, description: 'A pattern that was not seen before: 2 events.',
      active: true, state: 'Active', histogram: [[detector.at, 2]], logSamples: [{ timestamp: detector.at - 1, message: 'ERROR disk 3 is full' }],
      logGroupArnList: ['arn:aws:logs:us-east-1:111111111111:log-group:g'], suppressed: false, kind: 'new',
      patternTokens: [
        { isDynamic: false, tokenString: 'ERROR' }, { isDynamic: false, tokenString: ' ' }, { isDynamic: false, tokenString: 'disk' }, { isDynamic: false, tokenString: ' ' },
        { isDynamic: true, tokenString: '<*>', dynamicTokenPosition: 1, inferredTokenName: 'Number-1' },
        { isDynamic: false, tokenString: ' ' }, { isDynamic: false, tokenString: 'is' }, { isDynamic: false, tokenString: ' ' }, { isDynamic: false, tokenString: 'full' },
      ],
    },
  ])
})

describe('an anomaly', () => {
  test('goes on while it comes, is over when it does not, comes again, and is normal after its visibility', () => {
    const detector = trained().step({ 'INFO alive': 20, 'WARN slow': 1 }).step({ 'INFO alive': 20, 'WARN slow': 4 })
    expect(detector.shown).toEqual(['a1 WARN slow: Active, active, MEDIUM'])
    expect(detector.anomalies[0]!.histogram.map(([, count]) => count)).toEqual([1, 4])
    expect(detector.step({ 'INFO alive': 20 }).shown).toEqual(['a1 WARN slow: Active, over, MEDIUM'])
    expect(detector.step({ 'INFO alive': 20, 'WARN slow': 1 }).shown).toEqual(['a1 WARN slow: Active, active, MEDIUM'])
    detector.step({ 'INFO alive': 20, 'WARN slow': 1 }, 7 * 288)
    expect(detector.shown).toEqual(['a1 WARN slow: Baseline, over, MEDIUM'])
    expect(detector.anomalies[0]!.histogram).toHaveLength(500)
  })

  test('of more events than usual', () => {
    const detector = trained().step({ 'INFO alive': 200 })
    expect(detector.shown).toEqual(['a1 INFO alive: Active, active, LOW'])
    expect(detector.anomalies[0]!.description).toBe('200 events of this pattern, where 20 are usual.')
    expect(detector.step({ 'INFO alive': 22 }).shown).toEqual(['a1 INFO alive: Active, over, LOW'])
    expect(detector.step({ 'INFO alive': 200 }).shown).toEqual(['a1 INFO alive: Active, active, LOW'])
  })

  test.each([[{ 'INFO alive': 55 }], [{ 'INFO alive': 0 }], [{}]])('is not what lies within the usual, or is missing: %j', events => {
    expect(trained().step(Object.fromEntries(Object.entries(events).filter(([, count]) => count > 0))).anomalies).toEqual([])
  })

  test('that is taken for normal is no anomaly again, and its level is learned', () => {
    const detector = trained().step({ 'INFO alive': 200 }).update({ type: 'baseline' })
    expect(detector.step({ 'INFO alive': 200 }, 100).shown).toEqual(['a1 INFO alive: Baseline, over, LOW'])
    expect(detector.model.patterns[detector.anomalies[0]!.patternId]!.mean).toBeGreaterThan(150)
  })

  test('of a pattern that had not come for two weeks is new again', () => {
    const detector = trained().step({ 'INFO alive': 20, 'INFO rare': 1 }, 1).update({ type: 'baseline' })
    expect(detector.step({ 'INFO alive': 20 }, 14 * 288 + 1).step({ 'INFO alive': 20, 'INFO rare': 1 }).shown).toEqual(['a1 INFO rare: Baseline, over, LOW', 'a2 INFO rare: Active, active, LOW'])
  })
})

describe('suppression', () => {
  const withAnomaly = () => trained().step({ 'INFO alive': 20, 'ERROR new': 1 })

  test('for a time: it is shown as such, and ends', () => {
    const detector = withAnomaly()
    const until = detector.at + 2 * FIVE
    detector.update({ type: 'suppress', until })
    expect(detector.anomalies[0]).toMatchObject({ state: 'Suppressed', suppressed: true, suppressedDate: until - 2 * FIVE, suppressedUntil: until, isPatternLevelSuppression: false })
    expect(detector.step({ 'ERROR new': 1 }).shown).toEqual(['a1 ERROR new: Suppressed, active, HIGH'])
    expect(detector.step({ 'ERROR new': 1 }).shown).toEqual(['a1 ERROR new: Active, active, HIGH'])
    expect(detector.anomalies[0]).not.toHaveProperty('suppressedUntil')
  })

  test('without end, and ended by hand', () => {
    const detector = withAnomaly().update({ type: 'suppress', until: undefined }).step({ 'ERROR new': 1 }, 50)
    expect(detector.anomalies[0]).toMatchObject({ state: 'Suppressed', suppressedUntil: 0 })
    expect(detector.update({ type: 'unsuppress' }).anomalies[0]).toMatchObject({ state: 'Active', suppressed: false })
  })

  test('of a pattern holds for its next anomalies', () => {
    const detector = trained().step({ 'INFO alive': 200 }).update({ type: 'suppress', until: undefined }, true)
    detector.anomalies = detector.anomalies.map(anomaly => ({ ...anomaly, state: 'Baseline', kind: 'new' }))
    expect(detector.step({ 'INFO alive': 2000 }).shown[1]).toBe('a2 INFO alive: Suppressed, active, MEDIUM')
  })
})
