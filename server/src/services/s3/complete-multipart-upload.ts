import { createHash } from 'node:crypto'
import type { CompletedPart, CompleteMultipartUploadCommandInput, CompleteMultipartUploadOutput } from '@aws-sdk/client-s3'
import type { UploadedPart } from '../../model/object.ts'
import { Fault } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { bucketOf, objectArn } from './bucket-of.ts'
import { algorithmNamed, compositeChecksum, givenChecksum, shownChecksum } from './checksums.ts'
import { bareEtag, requireWritten, writeCondition } from './conditions.ts'
import { badDigest, invalidRequest, malformedXml, noSuchUpload } from './faults.ts'
import { requireKey } from './object-key.ts'
import { MOST_PARTS } from './part.ts'
import type { S3Parts } from './parts.ts'
import { newBlob } from './receive-body.ts'
import { differences, refuseUnsupported } from './unsupported.ts'

/** Bytes of a part that is not the last. */
const SMALLEST_PART = 5 * 1024 ** 2

export const completeMultipartUpload = ({ buckets, uploads, entropy, publicUrl }: S3Parts) =>
  operation<CompleteMultipartUploadCommandInput, CompleteMultipartUploadOutput>({
    name: 'CompleteMultipartUpload',
    permission: 'PutObject',
    kind: 'data',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(
      [
        'ServerSideEncryption', 'SSECustomerAlgorithm', 'SSEKMSKeyId', 'BucketKeyEnabled', 'RequestPayer', 'RequestCharged',
        'VersionId', 'Expiration',
        'ChecksumXXHASH64', 'ChecksumXXHASH3', 'ChecksumXXHASH128',
      ],
      [
        { how: 'an upload that was completed is not completed a second time: `NoSuchUpload`' },
        { member: 'ChecksumType', how: 'a checksum of the type `FULL_OBJECT` is neither checked nor kept' },
      ],
    ),
    async run(input, { tenant, now }) {
      const key = requireKey(input.Key)
      const bucket = await bucketOf(buckets, input, tenant)
      refuseUnsupported(input)
      const { UploadId: id = '' } = input
      const upload = await uploads.get(bucket.id, key, id)
      if (upload === undefined) throw noSuchUpload(id)
      const condition = writeCondition(input)
      const uploaded = new Map((await uploads.parts(id, 0, MOST_PARTS)).map(part => [part.number, part]))
      const chosen = chosenParts(input.MultipartUpload?.Parts ?? [], uploaded)
      const size = chosen.reduce((sum, part) => sum + part.size, 0)
      if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== size) {
        throw invalidRequest(
          `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${size}`,
        )
      }
      const md5 = createHash('md5')
      for (const { etag } of chosen) md5.update(Buffer.from(etag, 'hex'))
      const etag = `${md5.digest('hex')}-${chosen.length}`
      const algorithm = algorithmNamed(upload.checksumAlgorithm)
      const sums = chosen.flatMap(part => part.checksum ?? [])
      const checksum = algorithm === undefined || sums.length < chosen.length ? undefined : compositeChecksum(algorithm, sums)
      const said = givenChecksum(input)
      const comparable = said !== undefined && checksum !== undefined && input.ChecksumType !== 'FULL_OBJECT'
      if (comparable && withoutCount(said.value) !== withoutCount(checksum.value)) {
        throw badDigest(`The ${said.algorithm} you specified did not match the calculated checksum.`)
      }
      const parts = chosen.flatMap(({ blob, size: bytes }) => (blob === undefined ? [] : [{ blob, size: bytes }]))
      const object = { key, version: newBlob(entropy), size, etag, modifiedAt: now, attributes: { ...upload.attributes, checksum }, parts }
      const outcome = await uploads.complete(bucket, id, object, condition)
      if (outcome === 'ended') throw noSuchUpload(id)
      requireWritten(outcome, bucket.name, key)
      const path = key.split('/').map(encodeURIComponent).join('/')
      return {
        Location: `${publicUrl}/${bucket.name}/${path}`,
        Bucket: bucket.name,
        Key: key,
        ETag: `"${etag}"`,
        ...shownChecksum(checksum),
      }
    },
  })

/** Some say how many parts it is over, some do not. */
const withoutCount = (checksum: string): string => checksum.replace(/-\d+$/, '')

const chosenParts = (asked: readonly CompletedPart[], uploaded: ReadonlyMap<number, UploadedPart>): readonly UploadedPart[] => {
  if (asked.length === 0 || asked.length > MOST_PARTS) throw malformedXml()
  let before = 0
  const chosen = asked.map(given => {
    const { PartNumber: number, ETag: etag } = given
    if (number === undefined || etag === undefined) throw malformedXml()
    if (number <= before) {
      const text = 'The list of parts was not in ascending order. The parts list must be specified in order by part number.'
      throw new Fault('InvalidPartOrder', text)
    }
    before = number
    const part = uploaded.get(number)
    const said = givenChecksum(given)?.value
    if (part?.etag !== bareEtag(etag) || (said !== undefined && part.checksum !== undefined && said !== part.checksum)) {
      const why = "The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."
      const text = `One or more of the specified parts could not be found. ${why}`
      throw new Fault('InvalidPart', text, { members: { PartNumber: String(number), ETag: bareEtag(etag) } })
    }
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
