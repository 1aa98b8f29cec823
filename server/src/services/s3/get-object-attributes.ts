import type { GetObjectAttributesCommandInput, GetObjectAttributesOutput } from '@aws-sdk/client-s3'
import type { ObjectChecksum, StoredObject } from '../../model/object.ts'
import { operation } from '../operation.ts'
import { objectArn } from './bucket-of.ts'
import { bareChecksum } from './checksums.ts'
import { invalidArgument, invalidRequest } from './faults.ts'
import { limitOf } from './list-request.ts'
import type { S3Parts } from './parts.ts'
import { findObject } from './read-object.ts'
import { differences } from './unsupported.ts'

const ATTRIBUTES = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'] as const
type Attribute = (typeof ATTRIBUTES)[number]

export const getObjectAttributes = (parts: S3Parts) =>
  operation<GetObjectAttributesCommandInput, GetObjectAttributesOutput>({
    name: 'GetObjectAttributes',
    kind: 'read',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(
      ['SSECustomerAlgorithm', 'RequestPayer', 'RequestCharged', 'VersionId', 'DeleteMarker'],
      [{ member: 'ObjectParts.Parts.PartNumber', how: 'its place among the parts, also where the writer left numbers out' }],
    ),
    async run(input, call) {
      const asked = attributesIn(input.ObjectAttributes)
      const limit = limitOf(input.MaxParts, 'max-parts')
      const { object } = await findObject(parts, input, call)
      const { etag, size, modifiedAt, attributes: { checksum, storageClass } } = object
      return {
        LastModified: new Date(modifiedAt),
        ...(asked.has('ETag') ? { ETag: etag } : {}),
        ...(asked.has('Checksum') && checksum !== undefined ? { Checksum: checksumOf(checksum) } : {}),
        ...(asked.has('ObjectParts') ? partsOf(object, Number(input.PartNumberMarker ?? 0), limit) : {}),
        ...(asked.has('StorageClass') ? { StorageClass: (storageClass ?? 'STANDARD') as 'STANDARD' } : {}),
        ...(asked.has('ObjectSize') ? { ObjectSize: size } : {}),
      }
    },
  })

const attributesIn = (given: readonly string[] = []): ReadonlySet<Attribute> => {
  const names = given.map(name => name.trim()).filter(name => name !== '')
  if (names.length === 0) throw invalidRequest('The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty')
  const known = names.flatMap(name => ATTRIBUTES.filter(attribute => attribute === name))
  if (known.length < names.length) throw invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes')
  return new Set(known)
}

/** How many parts a composite one is over, which headers say behind it, is not said here. */
const checksumOf = (checksum: ObjectChecksum): NonNullable<GetObjectAttributesOutput['Checksum']> =>
  ({ ...bareChecksum({ ...checksum, value: checksum.value.replace(/-\d+$/, '') }), ChecksumType: checksum.type })

/** Of what was put in parts, which the ETag tells; each part only where it has a checksum of its own. */
const partsOf = ({ etag, parts, attributes: { checksum } }: StoredObject, marker: number, limit: number): Pick<GetObjectAttributesOutput, 'ObjectParts'> => {
  if (!etag.includes('-')) return {}
  const total = { TotalPartsCount: parts.length }
  if (checksum?.type !== 'COMPOSITE') return { ObjectParts: total }
  const { algorithm, parts: values = [] } = checksum
  const page = parts.slice(marker, marker + limit).map(({ size }, index) => {
    const value = values[marker + index]
    return { PartNumber: marker + index + 1, Size: size, ...(value === undefined ? {} : bareChecksum({ algorithm, value })) }
  })
  return {
    ObjectParts: {
      ...total,
      PartNumberMarker: String(marker),
      NextPartNumberMarker: String(page.at(-1)?.PartNumber ?? 0),
      MaxParts: limit,
      IsTruncated: marker + page.length < parts.length,
      Parts: page,
    },
  }
}
