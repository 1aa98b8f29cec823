import type { GetObjectCommandInput, GetObjectOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { objectArn } from './bucket-of.ts'
import { noSuchKey } from './faults.ts'
import type { S3Parts } from './parts.ts'
import { findObject, READ_MEMBERS } from './read-object.ts'
import { differences } from './unsupported.ts'

type Output = Omit<GetObjectOutput, 'Body'> & { readonly Body: AsyncIterable<Uint8Array> }

export const getObject = (parts: S3Parts) =>
  operation<GetObjectCommandInput, Output>({
    name: 'GetObject',
    kind: 'data',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(READ_MEMBERS, [{ how: 'an unsigned request is refused: nothing is public' }]),
    async run(input, call) {
      // Deleted, or overwritten, since it was looked up: then what there is now is the answer.
      for (let attempt = 0; attempt < 3; attempt++) {
        const { object, from, to, headers } = await findObject(parts, input, call)
        try {
          return { ...headers, Body: await parts.bodies.read(object.parts, from, to) }
        } catch (error) {
          if (!(error instanceof Error && error.name === 'BodyGone')) throw error
        }
      }
      throw noSuchKey(input.Key ?? '')
    },
  })
