import { expect } from 'vitest'
import type { Readings } from './readings.ts'
import type { WatchedSystem } from './watched-system.ts'

/** What happens to one alarm's metrics, and how long that may take to be noticed. */
export interface Event {
  /** The alarm whose metrics change; where several do, one for each. */
  readonly readings: Readonly<Record<string, Readings>>
  /** In minutes; 15 unless said otherwise. */
  readonly within?: number
}

/** What the people on call get to read, alarm after alarm; held against the text in the file beside the test. */
export class Story {
  readonly #system: WatchedSystem
  readonly #healthy: Readonly<Record<string, Readings>>
  readonly #lines: string[] = []

  private constructor(system: WatchedSystem, healthy: Readonly<Record<string, Readings>>) {
    this.#system = system
    this.#healthy = healthy
  }

  /** All is well from the beginning: `healthy` has the readings of every alarm's metrics. */
  static async begin(system: WatchedSystem, healthy: Readonly<Record<string, Readings>>): Promise<Story> {
    const story = new Story(system, healthy)
    expect(Object.keys(healthy).toSorted()).toEqual([...system.definitions.keys()].toSorted())
    for (const [alarm, readings] of Object.entries(healthy)) system.report(alarm, readings)
    await system.minutes(25)
    for (const alarm of system.definitions.keys()) if ((await system.state(alarm)) !== 'OK') await system.becomes(alarm, 'OK', 15)
    story.#lines.push('==== The alarms were created and find all well', system.messages.takeHeadlines(), '')
    return story
  }

  /** OK → ALARM → OK: the readings turn bad, stay so for three minutes once the alarm has gone off, and recover. */
  async alarm(name: string, { readings, within = 15 }: Event): Promise<void> {
    await this.happens(name, 'ALARM', { readings, within })
    await this.#system.minutes(3)
    await this.recovers(name, { readings, within })
  }

  /** The readings change until the alarm is in the state. */
  async happens(name: string, state: string, { readings, within = 15 }: Event): Promise<void> {
    for (const [alarm, reading] of Object.entries(readings)) this.#system.report(alarm, reading)
    await this.#until(name, state, within)
  }

  /** What had changed is as it was. */
  async recovers(name: string, { readings, within = 15 }: Event): Promise<void> {
    for (const alarm of Object.keys(readings)) this.#system.report(alarm, this.#healthy[alarm])
    await this.#until(name, 'OK', within)
  }

  /** A line of our own. */
  note(text: string): void {
    this.#lines.push(`==== ${text}`, this.#system.messages.take() || '(nothing was sent)\n')
  }

  get text(): string {
    return this.#lines.join('\n')
  }

  async #until(name: string, state: string, within: number): Promise<void> {
    const before = await this.#system.state(name)
    const minutes = await this.#system.becomes(name, state, within)
    this.note(`${name}: ${before} -> ${state}, in minute ${minutes}`)
  }
}
