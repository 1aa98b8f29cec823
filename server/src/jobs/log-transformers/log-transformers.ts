import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import { compileTransformer, type ProcessorConfig, type Transformer } from '../../engines/log-transformers/transformer.ts'
import type { LogDocument, LogDocumentKind } from '../../model/log-document.ts'
import type { LogArrival, LogGroup } from '../../model/log.ts'

interface TransformerBook {
  /** Of all accounts. */
  all(kind: LogDocumentKind): Promise<readonly LogDocument[]>
  put(document: LogDocument): Promise<void>
  delete(tenant: Tenant, kind: LogDocumentKind, name: string): Promise<boolean>
}

interface AccountTransformers {
  transformer(group: LogGroup): LogDocument | undefined
}

/** Transformers of log groups, or else of their account, at hand for every request that carries events. */
export class LogTransformers {
  readonly #book: TransformerBook
  readonly #account: AccountTransformers
  readonly #documents = new Map<number, LogDocument>()
  readonly #compiled = new WeakMap<LogDocument, Transformer>()

  private constructor(book: TransformerBook, account: AccountTransformers) {
    this.#book = book
    this.#account = account
  }

  static async open(book: TransformerBook, account: AccountTransformers): Promise<LogTransformers> {
    const transformers = new LogTransformers(book, account)
    for (const document of await book.all('transformer')) if (document.group !== undefined) transformers.#documents.set(document.group, document)
    return transformers
  }

  get({ id }: LogGroup): LogDocument | undefined {
    return this.#documents.get(id)
  }

  /** JSON of its processors. */
  async put({ tenant, id }: LogGroup, document: string, now: EpochMillis): Promise<void> {
    const createdAt = this.#documents.get(id)?.createdAt ?? now
    const kept = { tenant, kind: 'transformer', name: String(id), group: id, document, createdAt, updatedAt: now } as const
    await this.#book.put(kept)
    this.#documents.set(id, kept)
  }

  /** False when there was none. */
  async delete({ tenant, id }: LogGroup): Promise<boolean> {
    const deleted = await this.#book.delete(tenant, 'transformer', String(id))
    this.#documents.delete(id)
    return deleted
  }

  /** What messages of the arrival become; undefined where nothing is transformed. */
  transformOf({ group, stream }: Pick<LogArrival, 'group' | 'stream'>): ((message: string) => string | undefined) | undefined {
    const document = this.#documents.get(group.id) ?? this.#account.transformer(group)
    if (document === undefined) return undefined
    let compiled = this.#compiled.get(document)
    if (compiled === undefined) this.#compiled.set(document, (compiled = compileTransformer(JSON.parse(document.document) as readonly ProcessorConfig[])))
    const { transform } = compiled
    const { account, region } = group.tenant
    return message => transform({ message, logGroup: group.name, logStream: stream, account, region })
  }
}
