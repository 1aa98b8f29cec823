import type { HeadObjectCommandInput, HeadObjectOutput } from '@aws-sdk/client-s3'
import { Fault } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { objectArn } from './bucket-of.ts'
import { notFound } from './faults.ts'
import type { S3Parts } from './parts.ts'
import { findObject, READ_MEMBERS } from './read-object.ts'
import { differences } from './unsupported.ts'

export const headObject = (parts: S3Parts) =>
  operation<HeadObjectCommandInput, HeadObjectOutput>({
    name: 'HeadObject',
    permission: 'GetObject',
    kind: 'data',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(READ_MEMBERS, [{ member: 'ArchiveStatus', how: 'never there' }]),
    async run(input, call) {
      try {
        return (await findObject(parts, input, call)).headers
      } catch (error) {
        throw error instanceof Fault && error.status === 404 ? notFound() : error
      }
    },
  })
