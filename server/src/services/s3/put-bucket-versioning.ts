import type { PutBucketVersioningCommandInput } from '@aws-sdk/client-s3'
import { Fault } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { setDocument } from './document.ts'
import { malformedXml, notHere } from './faults.ts'
import type { S3Parts } from './parts.ts'
import { DIGESTS } from './unsupported.ts'

export const putBucketVersioning = ({ buckets }: S3Parts) =>
  operation<PutBucketVersioningCommandInput, void>({
    name: 'PutBucketVersioning',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      ...DIGESTS,
      { member: 'MFA', how: 'without effect' },
      { member: 'VersioningConfiguration.MFADelete', how: 'refused with `NotImplemented`, unless it is `Disabled`' },
      { member: 'VersioningConfiguration', how: 'kept and shown; of a key there is only the newest version' },
    ],
    async run(input, { tenant }) {
      const { Status: status, MFADelete: mfa } = input.VersioningConfiguration ?? {}
      if (status === undefined) throw new Fault('IllegalVersioningConfigurationException', 'The Versioning element must be specified')
      if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml()
      if (mfa === 'Enabled') throw notHere('deleting versions with a second factor alone')
      await setDocument(buckets, input, tenant, 'versioning', { Status: status })
    },
  })
