import type { Entropy } from '../../base/entropy.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { millis, type EpochMillis } from '../../base/time.ts'
import { drawChart } from '../../engines/charts/draw-chart.ts'
import type { AlarmFacts } from '../../model/notification.ts'
import type { Picture, Pictures } from '../../notify/channel.ts'
import { alarmChart, alarmPictureText, PICTURE_WIDTH } from './alarm-chart.ts'
import { alarmSeries, type AlarmSources } from './alarm-series.ts'
import { PictureRefused, type PngRenderer } from './png-renderer.ts'

/** A message waits no longer for its picture. */
const PATIENCE = millis(2_000)
/** Of changes at one moment; the messages of all others go without. */
const MOST_AT_ONCE = 4
/** Some 5 MB, and long enough for whoever opens an incident the next morning. */
const MOST_KEPT = 100
const KEPT_FOR = millis(24 * 60 * 60 * 1000)
const PATH = /^\/pictures\/([0-9a-f]{48})\.png$/

interface Parts extends AlarmSources {
  readonly renderer: PngRenderer
  /** Where pictures can be loaded from everywhere; undefined where this server has no such address. */
  readonly publicUrl: string | undefined
  readonly entropy: Entropy
  readonly log: Log
}

interface Kept {
  readonly name: string
  readonly until: EpochMillis
  readonly picture: Promise<Picture | undefined>
}

/** Charts for messages, one for each change of an alarm, however many subscriptions it goes to; and their address. */
export class AlarmPictures implements Pictures {
  readonly linked: boolean
  readonly #parts: Parts
  /** By change, oldest first. */
  readonly #kept = new Map<string, Kept>()
  #drawing = 0
  #troubled = false

  constructor(parts: Parts) {
    this.#parts = parts
    this.linked = parts.publicUrl !== undefined
  }

  async ofAlarm(tenant: Tenant, alarm: AlarmFacts): Promise<Picture | undefined> {
    const key = JSON.stringify([alarm.arn, alarm.changedAt, alarm.state, alarm.contributor])
    const kept = this.#kept.get(key) ?? this.#begin(key, tenant, alarm)
    return kept === undefined ? undefined : this.#inTime(kept.picture)
  }

  /** The file that a path names, while it is kept; undefined within the promise where it could not be drawn. */
  at(path: string): Promise<Uint8Array | undefined> | undefined {
    const name = PATH.exec(path)?.[1]
    if (name === undefined) return undefined
    const now = this.#parts.clock.now()
    return this.#kept.values().find(one => one.name === name && one.until > now)?.picture.then(picture => picture?.png)
  }

  #begin(key: string, tenant: Tenant, alarm: AlarmFacts): Kept | undefined {
    const { clock, entropy, publicUrl } = this.#parts
    if (this.#drawing >= MOST_AT_ONCE) return undefined
    const name = Buffer.from(entropy.bytes(24)).toString('hex')
    const url = publicUrl === undefined ? undefined : new URL(`pictures/${name}.png`, publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`).href
    const kept = { name, until: (clock.now() + KEPT_FOR) as EpochMillis, picture: this.#draw(tenant, alarm, url) }
    this.#kept.set(key, kept)
    for (const [oldest, { until }] of this.#kept) {
      if (this.#kept.size <= MOST_KEPT && until > clock.now()) break
      this.#kept.delete(oldest)
    }
    return kept
  }

  async #draw(tenant: Tenant, alarm: AlarmFacts, url: string | undefined): Promise<Picture | undefined> {
    this.#drawing++
    try {
      const found = await alarmSeries(this.#parts, tenant, alarm)
      if (found === undefined) return undefined
      const chart = alarmChart(alarm, found.range, found.series)
      const png = await this.#parts.renderer.render(drawChart(chart), 2)
      this.#troubled = false
      return { png, width: PICTURE_WIDTH, alt: alarmPictureText(alarm), url }
    } catch (error) {
      // Messages go out without. What is no refusal is said once, until one is drawn again.
      if (error instanceof PictureRefused) return undefined
      if (!this.#troubled) this.#parts.log.warn({ error }, 'pictures for messages cannot be drawn')
      this.#troubled = true
      return undefined
    } finally {
      this.#drawing--
    }
  }

  async #inTime(picture: Promise<Picture | undefined>): Promise<Picture | undefined> {
    const limit = Promise.withResolvers<undefined>()
    const timer = this.#parts.clock.after(PATIENCE, () => limit.resolve(undefined))
    try {
      return await Promise.race([picture, limit.promise])
    } finally {
      timer.cancel()
    }
  }
}

/** The public URL, if a receiver elsewhere could follow it. */
export const reachableUrl = (publicUrl: URL | undefined): string | undefined =>
  publicUrl === undefined || LOOPBACK.test(publicUrl.hostname) ? undefined : publicUrl.href

const LOOPBACK = /^(localhost|.*\.localhost|127\..*|0\.0\.0\.0|\[::1?\])$/
