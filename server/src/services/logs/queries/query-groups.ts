import type { Tenant } from '../../../base/tenancy.ts'
import type { LogSource } from '../../../model/log-query.ts'
import type { LogGroup } from '../../../model/log.ts'
import { invalidParameter, notFound } from '../faults.ts'
import type { LogGroupStore } from '../ports.ts'

/** How a request names the groups of a query: in exactly one way, or in the query's text. */
export interface NamedGroups {
  readonly logGroupName?: string | undefined
  readonly logGroupNames?: readonly string[] | undefined
  readonly logGroupIdentifiers?: readonly string[] | undefined
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Source.html */
const MAX_FOUND = 10_000
const CLASSES: ReadonlySet<string> = new Set(['STANDARD', 'INFREQUENT_ACCESS', 'ESSENTIALS'])

/** Finds a tenant's groups; throws AWS's refusals. */
export class QueryGroups {
  readonly #store: LogGroupStore
  readonly #tenant: Tenant
  readonly #requestId: string

  constructor(store: LogGroupStore, tenant: Tenant, requestId: string) {
    this.#store = store
    this.#tenant = tenant
    this.#requestId = requestId
  }

  /** Undefined: the request names none. */
  named({ logGroupName, logGroupNames, logGroupIdentifiers }: NamedGroups): readonly LogGroup[] | undefined {
    const ways = [logGroupName, logGroupNames, logGroupIdentifiers].filter(each => each !== undefined)
    if (ways.length > 1) throw invalidParameter('Exactly one of logGroupName, logGroupNames or logGroupIdentifiers must be specified.')
    if (logGroupName !== undefined) return this.#all([logGroupName])
    const names = logGroupNames ?? logGroupIdentifiers
    return names === undefined || names.length === 0 ? undefined : this.#all(names)
  }

  /** Those that a SOURCE means. */
  of({ groups, search }: LogSource): readonly LogGroup[] {
    if (search === undefined) return this.#all(groups)
    const { namePrefixes, accounts, classes } = search
    if (accounts.length > 0 && !accounts.includes(this.#tenant.account)) return []
    const wanted = classes.length === 0 ? new Set(['STANDARD']) : new Set(classes)
    for (const each of wanted) if (!CLASSES.has(each)) throw invalidParameter(`The log group class ${each} cannot be queried.`)
    const found = this.#store
      .list(this.#tenant)
      .filter(group => wanted.has(group.class) && (namePrefixes.length === 0 || namePrefixes.some(prefix => group.name.startsWith(prefix))))
    if (found.length > MAX_FOUND) throw invalidParameter(`The query selects more than ${MAX_FOUND} log groups.`)
    return found
  }

  /** Each once, in the order they are named. */
  #all(names: readonly string[]): readonly LogGroup[] {
    return [...new Set(names.map(name => this.#store.find(this.#tenant, name) ?? this.#missing(name)))]
  }

  #missing(name: string): never {
    const about = `(Service: AWSLogs; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: ${this.#requestId}; Proxy: null)`
    throw notFound(`Log group '${name}' does not exist for account ID '${this.#tenant.account}' ${about}`)
  }
}
