import type { PutBucketCorsCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { setDocument } from './document.ts'
import { invalidRequest, malformedXml } from './faults.ts'
import type { S3Parts } from './parts.ts'
import { DIGESTS } from './unsupported.ts'

const METHODS = ['GET', 'PUT', 'HEAD', 'POST', 'DELETE']
const MOST_RULES = 100

export const putBucketCors = ({ buckets }: S3Parts) =>
  operation<PutBucketCorsCommandInput, void>({
    name: 'PutBucketCors',
    permission: 'PutBucketCORS',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [...DIGESTS, { member: 'CORSConfiguration', how: 'kept and shown; pages of every origin may call, as they may call the other services: what they call has to be signed' }],
    async run(input, { tenant }) {
      const { CORSRules: rules = [] } = input.CORSConfiguration ?? {}
      if (rules.length === 0 || rules.length > MOST_RULES) throw malformedXml()
      for (const { AllowedMethods: methods = [], AllowedOrigins: origins = [] } of rules) {
        if (methods.length === 0 || origins.length === 0) throw malformedXml()
        const unknown = methods.find(method => !METHODS.includes(method))
        if (unknown !== undefined) throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`)
      }
      await setDocument(buckets, input, tenant, 'cors', rules)
    },
  })
