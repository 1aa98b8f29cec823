import { createHash } from 'node:crypto'
import type { CompletedPart, CompleteMultipartUploadCommandInput, CompleteMultipartUploadOutput } from '@aws-sdk/client-s3'
import type { Bucket, StoredObject, Upload, UploadedPart } from '../../model/object.ts'
import { Fault } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { bucketOf, objectArn } from './bucket-of.ts'
import { algorithmNamed, checksumOfParts, DEFAULT_ALGORITHM, givenChecksum, shownChecksum } from './checksums.ts'
import { bareEtag, requireWritten, writeCondition } from './conditions.ts'
import { ENCRYPTED } from './encryption.ts'
import { expirationOf } from './expiration.ts'
import { badDigest, conditionConflict, invalidRequest, malformedXml, noSuchUpload } from './faults.ts'
import { requireKey } from './object-key.ts'
import { MOST_PARTS } from './part.ts'
import type { S3Parts } from './parts.ts'
import { newBlob } from './receive-body.ts'
import { differences, refuseUnsupported } from './unsupported.ts'

/** Bytes of a part that is not the last. */
const SMALLEST_PART = 5 * 1024 ** 2

export const completeMultipartUpload = ({ buckets, objects, uploads, entropy, publicUrl }: S3Parts) => {
  const shown = (bucket: Bucket, object: StoredObject): CompleteMultipartUploadOutput => ({
    Location: `${publicUrl}/${bucket.name}/${object.key.split('/').map(encodeURIComponent).join('/')}`,
    Bucket: bucket.name,
    Key: object.key,
    ETag: `"${object.etag}"`,
    ...shownChecksum(object.attributes.checksum),
    ...ENCRYPTED,
    ...expirationOf(bucket, object),
  })
  return operation<CompleteMultipartUploadCommandInput, CompleteMultipartUploadOutput>({
    name: 'CompleteMultipartUpload',
    permission: 'PutObject',
    kind: 'data',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(
      [
        'ServerSideEncryption', 'SSECustomerAlgorithm', 'SSEKMSKeyId', 'BucketKeyEnabled', 'RequestPayer', 'RequestCharged',
        'VersionId',
        'ChecksumXXHASH64', 'ChecksumXXHASH3', 'ChecksumXXHASH128',
      ],
      [
        { how: 'an upload that was completed is answered as before for as long as its object is there' },
        { how: '`ConditionalRequestConflict` is answered where the object was written since, not where it was deleted' },
      ],
    ),
    async run(input, { tenant, now }) {
      const key = requireKey(input.Key)
      const bucket = await bucketOf(buckets, input, tenant)
      refuseUnsupported(input)
      const { UploadId: id = '' } = input
      const upload = await uploads.get(bucket.id, key, id)
      if (upload === undefined) return shown(bucket, await completed(objects, bucket, key, input))
      const condition = writeCondition(input)
      const mode = upload.checksum?.type
      if (input.ChecksumType !== undefined && input.ChecksumType !== mode) {
        const text = `The upload was created using the ${mode ?? 'null'} checksum mode. The complete request must use the same checksum mode.`
        throw invalidRequest(text)
      }
      const uploaded = new Map((await uploads.parts(id, 0, MOST_PARTS)).map(part => [part.number, part]))
      const chosen = chosenParts(input.MultipartUpload?.Parts ?? [], uploaded, upload)
      const size = chosen.reduce((sum, part) => sum + part.size, 0)
      if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== size) {
        throw invalidRequest(
          `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${size}`,
        )
      }
      const etag = etagOfParts(chosen.map(part => part.etag))
      const algorithm = algorithmNamed(upload.checksum?.algorithm) ?? DEFAULT_ALGORITHM
      const checksum = checksumOfParts({ algorithm, type: mode ?? 'FULL_OBJECT' }, chosen)
      const said = givenChecksum(input)
      if (said !== undefined && checksum !== undefined && (said.algorithm !== algorithm || withoutCount(said.value) !== withoutCount(checksum.value))) {
        throw badDigest(`The ${algorithm.toLowerCase()} you specified did not match the calculated checksum.`)
      }
      const parts = chosen.flatMap(({ blob, size: bytes }) => (blob === undefined ? [] : [{ blob, size: bytes }]))
      const object = { key, version: newBlob(entropy), size, etag, modifiedAt: now, attributes: { ...upload.attributes, checksum, uploadId: id }, parts }
      if (condition?.kind === 'etag') {
        const before = await objects.get(bucket.id, key)
        if (before?.etag === condition.etag && before.modifiedAt > upload.startedAt) throw conditionConflict(key, 'If-Match')
      }
      const outcome = await uploads.complete(bucket, id, object, condition)
      if (outcome === 'ended') throw noSuchUpload(id)
      requireWritten(outcome, bucket.name, key)
      return shown(bucket, object)
    },
  })
}

const etagOfParts = (etags: readonly string[]): string => {
  const md5 = createHash('md5')
  for (const etag of etags) md5.update(Buffer.from(etag, 'hex'))
  return `${md5.digest('hex')}-${etags.length}`
}

/** What the upload was completed to, for whoever asks again since he never got the answer; throws NoSuchUpload. */
const completed = async (objects: S3Parts['objects'], bucket: Bucket, key: string, input: CompleteMultipartUploadCommandInput): Promise<StoredObject> => {
  const { UploadId: id = '', MultipartUpload } = input
  const object = await objects.get(bucket.id, key)
  const etags = (MultipartUpload?.Parts ?? []).map(({ ETag = '' }) => bareEtag(ETag))
  if (object === undefined || object.attributes.uploadId !== id || id === '' || object.etag !== etagOfParts(etags)) throw noSuchUpload(id)
  return object
}

/** Some say how many parts it is over, some do not. */
const withoutCount = (checksum: string): string => checksum.replace(/-\d+$/, '')

const chosenParts = (
  asked: readonly CompletedPart[],
  uploaded: ReadonlyMap<number, UploadedPart>,
  upload: Upload,
): readonly UploadedPart[] => {
  if (asked.length === 0) throw invalidRequest('You must specify at least one part')
  if (asked.length > MOST_PARTS) throw malformedXml()
  let before = 0
  const chosen = asked.map(given => {
    const { PartNumber: number, ETag: etag } = given
    if (number === undefined || etag === undefined) throw malformedXml()
    if (number <= before) {
      const text = 'The list of parts was not in ascending order. Parts must be ordered by part number.'
      throw new Fault('InvalidPartOrder', text, { members: { UploadId: upload.id } })
    }
    before = number
    const part = uploaded.get(number)
    if (part?.etag !== bareEtag(etag)) throw invalidPart(upload, number, etag)
    requireChecksum(upload, part, given)
    return part
  })
  const small = chosen.slice(0, -1).find(part => part.size < SMALLEST_PART)
  if (small !== undefined) {
    const members = {
      ProposedSize: String(small.size),
      MinSizeAllowed: String(SMALLEST_PART),
      PartNumber: String(small.number),
      ETag: small.etag,
    }
    throw new Fault('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', { members })
  }
  return chosen
}

/** What is said of a part holds, and all is said that must be: a checksum over the parts' needs each of them said again. */
const requireChecksum = (upload: Upload, part: UploadedPart, given: CompletedPart): void => {
  const said = givenChecksum(given)
  const { checksum: wanted } = upload
  if (said === undefined) {
    if (wanted?.type !== 'COMPOSITE') return
    const missing = `The complete request must include the checksum for each part. It was missing for part ${part.number} in the request.`
    throw invalidRequest(`The upload was created using a ${wanted.algorithm.toLowerCase()} checksum. ${missing}`)
  }
  if (wanted !== undefined && said.algorithm !== wanted.algorithm) {
    throw badDigest(`The ${said.algorithm.toLowerCase()} you specified for part ${part.number} did not match what we received.`)
  }
  if (wanted === undefined || said.value !== part.checksum) throw invalidPart(upload, part.number, part.etag)
}

const invalidPart = ({ id }: Upload, number: number, etag: string): Fault => {
  const why = "The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."
  const text = `One or more of the specified parts could not be found.  ${why}`
  return new Fault('InvalidPart', text, { members: { UploadId: id, PartNumber: String(number), ETag: bareEtag(etag) } })
}
