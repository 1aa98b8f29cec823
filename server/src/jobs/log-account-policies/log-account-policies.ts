import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import { readRetentionPolicy, type RetentionPolicy, retentionOf } from '../../engines/log-retention/retention-policies.ts'
import { type GroupCriteria, readGroupCriteria, selectsGroup } from '../../engines/patterns/group-criteria.ts'
import type { LogDocument, LogDocumentKind } from '../../model/log-document.ts'
import type { LogSubscriptionFilter } from '../../model/log-filter.ts'
import type { LogGroup, LogRetention } from '../../model/log.ts'

interface PolicyBook {
  /** Of all accounts. */
  all(kind: LogDocumentKind): Promise<readonly LogDocument[]>
  get(tenant: Tenant, kind: LogDocumentKind, name: string): Promise<LogDocument | undefined>
  list(tenant: Tenant, kind: LogDocumentKind): Promise<readonly LogDocument[]>
  put(document: LogDocument): Promise<void>
  delete(tenant: Tenant, kind: LogDocumentKind, name: string): Promise<boolean>
}

interface Policy {
  readonly type: string
  readonly criteria: GroupCriteria | undefined
  /** JSON of its processors, as a document. */
  readonly transformer: LogDocument
  readonly subscription: LogSubscriptionFilter | undefined
  readonly retention: RetentionPolicy | undefined
}

const KIND = 'account-policy'

/** Definitions as they are kept, with account policies at hand for every request that carries events. */
export class LogAccountPolicies {
  readonly #book: PolicyBook
  /** By account and region, then by the document's name. */
  readonly #policies = new Map<string, Map<string, Policy>>()

  private constructor(book: PolicyBook) {
    this.#book = book
  }

  static async open(book: PolicyBook): Promise<LogAccountPolicies> {
    const policies = new LogAccountPolicies(book)
    for (const document of await book.all(KIND)) policies.#remember(document)
    return policies
  }

  get(tenant: Tenant, kind: LogDocumentKind, name: string): Promise<LogDocument | undefined> {
    return this.#book.get(tenant, kind, name)
  }

  list(tenant: Tenant, kind: LogDocumentKind): Promise<readonly LogDocument[]> {
    return this.#book.list(tenant, kind)
  }

  async put(document: LogDocument): Promise<void> {
    await this.#book.put(document)
    if (document.kind === KIND) this.#remember(document)
  }

  async delete(tenant: Tenant, kind: LogDocumentKind, name: string): Promise<boolean> {
    const deleted = await this.#book.delete(tenant, kind, name)
    if (kind === KIND) this.#policies.get(keyOf(tenant))?.delete(name)
    return deleted
  }

  /** The transformer that the account has for the group; undefined: none. */
  transformer(group: LogGroup): LogDocument | undefined {
    return this.#find(group, 'TRANSFORMER_POLICY')?.transformer
  }

  /** What the account sends on of the group's events, besides the group's own filters; always the same object until it is changed. */
  subscription(group: LogGroup): LogSubscriptionFilter | undefined {
    return this.#find(group, 'SUBSCRIPTION_FILTER_POLICY')?.subscription
  }

  /** Whether metrics are made of the embedded metric format in the group's events. */
  extractsMetrics(group: LogGroup): boolean {
    return this.#find(group, 'METRIC_EXTRACTION_POLICY') === undefined
  }

  /** For how long the group's events are kept. */
  retention(group: LogGroup, now: EpochMillis): LogRetention {
    const policies = this.#policies.get(keyOf(group.tenant))
    return retentionOf(group, policies === undefined ? [] : retentionsOf(policies.values()), now)
  }

  #find({ tenant, name }: LogGroup, type: string): Policy | undefined {
    const policies = this.#policies.get(keyOf(tenant))
    if (policies === undefined) return undefined
    for (const policy of policies.values()) if (policy.type === type && (policy.criteria === undefined || selectsGroup(policy.criteria, name))) return policy
    return undefined
  }

  #remember(document: LogDocument): void {
    const { tenant, name } = document
    const kept = JSON.parse(document.document) as { readonly policyName: string; readonly policyType: string; readonly policyDocument: string; readonly selectionCriteria?: string }
    const { policyType: type, selectionCriteria } = kept
    const policy: Policy = {
      type,
      criteria: selectionCriteria === undefined ? undefined : readGroupCriteria(selectionCriteria),
      transformer: { ...document, document: kept.policyDocument },
      subscription: type === 'SUBSCRIPTION_FILTER_POLICY' ? subscriptionOf(kept.policyName, kept.policyDocument, document.updatedAt) : undefined,
      retention: type === 'RETENTION_POLICY' ? readRetentionPolicy(kept, document) : undefined,
    }
    const key = keyOf(tenant)
    const policies = this.#policies.get(key) ?? new Map<string, Policy>()
    policies.set(name, policy)
    this.#policies.set(key, policies)
  }
}

const keyOf = ({ account, region }: Tenant): string => `${account}/${region}`

function* retentionsOf(policies: Iterable<Policy>): Generator<RetentionPolicy> {
  for (const { retention } of policies) if (retention !== undefined) yield retention
}

const subscriptionOf = (name: string, text: string, changedAt: EpochMillis): LogSubscriptionFilter => {
  const document = JSON.parse(text) as { readonly DestinationArn: string; readonly RoleArn?: string; readonly FilterPattern?: string; readonly Distribution?: 'ByLogStream' | 'Random' }
  return {
    group: 0,
    name,
    pattern: document.FilterPattern ?? '',
    createdAt: changedAt,
    changedAt,
    onTransformedLogs: false,
    selectionCriteria: undefined,
    destinationArn: document.DestinationArn,
    roleArn: document.RoleArn,
    distribution: document.Distribution ?? 'ByLogStream',
    systemFields: undefined,
    ofAccount: true,
  }
}
