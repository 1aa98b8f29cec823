import { epochSeconds } from '../../base/time.ts'
import type { BandModel, DetectorConfiguration } from '../../model/anomaly-detector.ts'
import { median } from './median.ts'
import { grouped, usablePoints, type History, type Points } from './points.ts'
import { medianOfDays, seasonOf } from './season.ts'
import { foreseen, spikesOf, spreadsOf } from './spread.ts'
import { trendOf } from './trend.ts'
import { zoneName, zoneOf } from './zone.ts'

const DAY = 86_400
/** Below an hour of five-minute values there is nothing to go by. */
const FEWEST_POINTS = 12
/** From here on a band is more than a first guess: three days, and two values an hour less than a day has. */
const TRAINED = { days: 3, points: 48 } as const
/** How many days' median is the level: a lasting change is the new normal when more than half of them have it. */
const LEVEL_DAYS = { FAST: 3, NORMAL: 7, SLOW: 14 } as const

/** Learns a band; undefined where there are too few values for any. `timezone` must be one that the tz database knows. */
export const trainBand = (history: History, configuration: DetectorConfiguration): BandModel | undefined => {
  const timezone = zoneName(configuration.timezone ?? 'UTC') ?? 'UTC'
  const points = usablePoints(history, configuration.excluded, zoneOf(timezone))
  if (points.length < FEWEST_POINTS) return undefined
  const window = LEVEL_DAYS[configuration.adaptationSpeed ?? 'NORMAL']
  const trend = trendOf(points)
  const detrended = points.value.map((value, i) => value - (trend * (points.at[i]! - points.until)) / DAY)
  const season = seasonOf(points, detrended)
  const deseasoned = withoutSeason(points, detrended, season)
  const residuals = foreseen(points, deseasoned, window)
  const level = newestLevel(points, deseasoned, window)
  const doubt = doubtOf(points)
  return {
    version: 1,
    timezone,
    period: history.period,
    state: points.days >= TRAINED.days && points.length >= TRAINED.points ? 'TRAINED' : 'TRAINED_INSUFFICIENT_DATA',
    until: epochSeconds(points.until),
    points: points.length,
    trend,
    nonNegative: history.values.every(value => !(value < 0)),
    levels: Array.from(season, effect => level + effect),
    spreads: Array.from(spreadsOf(points, residuals, configuration.outlierFiltering), spread => spread * doubt),
    spikes: configuration.periodicSpikes === true ? spikesOf(points, residuals) : { above: 0, below: 0 },
  }
}

/** The seasonal value runs on a straight line through the middles of an hour's two halves, as the band does. */
const withoutSeason = (points: Points, detrended: Float64Array, season: Float64Array): Float64Array =>
  detrended.map((value, i) => {
    const hour = points.half[i]! & ~1
    return value - season[hour]! - (season[hour + 1]! - season[hour]!) * (2 * points.through[i]! - 0.5)
  })

const newestLevel = (points: Points, deseasoned: Float64Array, window: number): number =>
  medianOfDays(grouped(deseasoned, points.age, points.days).slice(0, window).map(list => (list.length === 0 ? Number.NaN : median(list))))

/** Little data makes the band wider: half as wide again after a day, 4 % after two weeks. Two dozen values count as a day at most. */
const doubtOf = (points: Points): number => {
  const span = (points.until - points.at[0]!) / DAY
  return 1 + 0.5 / Math.max(0.1, Math.min(span, points.length / 24))
}
