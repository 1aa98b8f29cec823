import * as cloudWatch from '@aws-sdk/client-cloudwatch'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as iam from '@aws-sdk/client-iam'
import * as s3 from '@aws-sdk/client-s3'
import * as sns from '@aws-sdk/client-sns'
import * as sts from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { publishedSchemas } from './published-schemas.ts'

const CLIENTS = {
  'client-cloudwatch': cloudWatch,
  'client-cloudwatch-logs': logs,
  'client-iam': iam,
  'client-s3': s3,
  'client-sns': sns,
  'client-sts': sts,
} as const

/** As text; a schema that another one points to, which is a function in the packages' notation, by its name. */
const schemasIn = (exports: object): string => {
  const schemas = Object.entries(exports).filter(([name]) => name.endsWith('$')).toSorted(([left], [right]) => (left < right ? -1 : 1))
  return JSON.stringify(schemas, (_key, value: unknown) => (typeof value === 'function' ? nameOf(value()) : value), 1)
}

const nameOf = (schema: unknown): unknown => (Array.isArray(schema) ? schema.slice(0, 3) : schema)

test.each(Object.entries(CLIENTS))('the schemas of %s are those that the client itself works with', (client, whole) => {
  const schemas = publishedSchemas(client as keyof typeof CLIENTS)
  expect(Object.keys(schemas).length).toBeGreaterThan(50)
  expect(schemasIn(schemas)).toBe(schemasIn(whole))
})

test('they are read once', () => {
  expect(publishedSchemas('client-sts')).toBe(publishedSchemas('client-sts'))
})
