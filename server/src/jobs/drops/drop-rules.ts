import type { Tenant } from '../../base/tenancy.ts'
import type { DropRule } from '../../model/drop.ts'
import { defaultLogGroup } from './destination.ts'

/** Rules at hand: which group the objects of a bucket go to. */
export class DropRules {
  readonly #book: { allRules(): Promise<readonly DropRule[]> }
  #rules: ReadonlyMap<string, readonly DropRule[]> = new Map()

  constructor(book: { allRules(): Promise<readonly DropRule[]> }) {
    this.#book = book
  }

  /** To be called at first, and when a rule was changed. */
  async load(): Promise<void> {
    this.#rules = Map.groupBy(await this.#book.allRules(), ({ tenant, bucket }) => keyOf(tenant, bucket))
  }

  /** Undefined: the object holds no logs. */
  logGroup(tenant: Tenant, bucket: string, key: string): string | undefined {
    const fitting = (this.#rules.get(keyOf(tenant, bucket)) ?? []).filter(({ prefix }) => key.startsWith(prefix))
    const [rule] = fitting.toSorted((one, other) => other.prefix.length - one.prefix.length)
    return rule === undefined ? defaultLogGroup(bucket, key) : rule.logGroup
  }
}

const keyOf = ({ account, region }: Tenant, bucket: string): string => `${account}/${region}/${bucket}`
