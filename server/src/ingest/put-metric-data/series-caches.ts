import type { Entropy } from '../../base/entropy.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { MetricProtocol } from '../../model/metric-intake.ts'
import { SeriesCache } from './series-cache.ts'

/** Metrics over all caches; about 150 bytes each. Over it everything is forgotten and learnt anew, which costs a second. */
const MAX_ENTRIES = 1_000_000
/** A cache is about 5 kB when it is empty. */
const MAX_CACHES = 4096

/** The caches of every tenant, namespace and protocol; bounded as a whole. */
export class SeriesCaches {
  readonly #caches = new Map<string, SeriesCache>()
  readonly #entropy: Entropy
  #requests = 0

  constructor(entropy: Entropy) {
    this.#entropy = entropy
  }

  get(tenant: Tenant, protocol: MetricProtocol, namespace: string): SeriesCache {
    // Counting the entries costs a walk over the caches: once in a while is enough.
    if ((++this.#requests & 1023) === 0) this.#bound()
    const key = `${tenant.account} ${tenant.region} ${protocol} ${namespace}`
    let cache = this.#caches.get(key)
    if (cache === undefined) {
      if (this.#caches.size >= MAX_CACHES) this.#caches.clear()
      const seed = this.#entropy.bytes(4)
      cache = new SeriesCache(new DataView(seed.buffer, seed.byteOffset, 4).getInt32(0))
      this.#caches.set(key, cache)
    }
    cache.begin()
    return cache
  }

  #bound(): void {
    let entries = 0
    for (const cache of this.#caches.values()) entries += cache.size
    if (entries > MAX_ENTRIES) this.#caches.clear()
  }
}
