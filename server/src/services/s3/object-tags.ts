import type { ObjectTag } from '../../model/object.ts'
import type { Call } from '../operation.ts'
import { noSuchKey } from './faults.ts'
import type { S3Parts } from './parts.ts'
import { findObject } from './read-object.ts'

/** Gives the newest version of the key these tags in the place of others; throws NoSuchKey. */
export const tagObject = async (
  parts: Pick<S3Parts, 'buckets' | 'objects'>,
  input: Parameters<typeof findObject>[1],
  call: Call,
  tags: readonly ObjectTag[] | undefined,
): Promise<void> => {
  // Overwritten since it was looked up: then the tags are for what there is now.
  for (let attempt = 0; attempt < 3; attempt++) {
    const { bucket, object: { key, version } } = await findObject(parts, input, call)
    if (await parts.objects.tag({ bucketId: bucket.id, key, version }, tags)) return
  }
  throw noSuchKey(input.Key ?? '')
}
