import type { Tenant } from '../../base/tenancy.ts'
import type { LogDestination } from '../../model/log-filter.ts'
import type { LogDestinations } from '../control/log-destinations.ts'

/** Destinations as they are defined, and those at hand that events are sent to. */
export class DestinationDirectory {
  readonly #table: LogDestinations
  readonly #byArn = new Map<string, LogDestination>()

  private constructor(table: LogDestinations) {
    this.#table = table
  }

  static async open(table: LogDestinations): Promise<DestinationDirectory> {
    const directory = new DestinationDirectory(table)
    for (const destination of await table.all()) directory.#byArn.set(destination.arn, destination)
    return directory
  }

  byArn(arn: string): LogDestination | undefined {
    return this.#byArn.get(arn)
  }

  /** By name in code units. */
  list({ account, region }: Tenant): readonly LogDestination[] {
    const ours = [...this.#byArn.values()].filter(({ tenant }) => tenant.account === account && tenant.region === region)
    return ours.sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Creates with the tags, or overwrites; tags only take effect on creation. */
  async put(destination: LogDestination, tags: Readonly<Record<string, string>>): Promise<void> {
    await this.#table.put(destination, tags)
    this.#byArn.set(destination.arn, destination)
  }

  /** With its tags. */
  async delete(destination: LogDestination): Promise<void> {
    await this.#table.delete(destination)
    this.#byArn.delete(destination.arn)
  }
}
