import type { Operation } from '../operation.ts'
import { listTagsForResource } from './list-tags-for-resource.ts'
import type { LogTags } from './ports.ts'
import { tagResource } from './tag-resource.ts'
import type { TaggedResources } from './tagged-resource.ts'
import { untagResource } from './untag-resource.ts'

interface Parts extends Pick<TaggedResources, 'groups' | 'destinations'> {
  readonly queries: Pick<TaggedResources, 'lookupTables' | 'schedules'>
  readonly definitions: {
    readonly anomalies: Pick<TaggedResources, 'detectors'>
    readonly deliveries: { readonly store: TaggedResources['deliveries'] }
  }
  readonly tags: LogTags
}

/** Tags of everything that has an ARN; log groups have older operations, too. */
export const tagOperations = ({ groups, destinations, queries, definitions, tags }: Parts): readonly Operation[] => {
  const { lookupTables, schedules } = queries
  const resources = { groups, destinations, lookupTables, schedules, detectors: definitions.anomalies.detectors, deliveries: definitions.deliveries.store }
  return [tagResource(resources, tags), untagResource(resources, tags), listTagsForResource(resources, tags)]
}
