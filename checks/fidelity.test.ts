import { expect, test } from 'vitest'
import { memberPaths, modelOperations } from '../server/src/server/fidelity/model-members.ts'
import { InMemoryCloudWatch } from '../server/src/services/cloudwatch/ports.test-support.ts'
import { cloudWatch } from '../server/src/services/cloudwatch/service.ts'
import { iam } from '../server/src/services/iam/service.ts'
import { logs } from '../server/src/services/logs/service.ts'
import { s3 } from '../server/src/services/s3/service.ts'
import { sns } from '../server/src/services/sns/service.ts'
import { sts } from '../server/src/services/sts/service.ts'
import { importsOf, read, resolveImport, treeFiles } from './source-files.ts'

/** Services are only described here, never run. */
const NO_PORTS = new Proxy({}, { get: (): unknown => NO_PORTS }) as never
const SERVICES = { cloudwatch: cloudWatch(new InMemoryCloudWatch().ports), sns: sns(NO_PORTS), iam: iam(NO_PORTS), sts: sts(NO_PORTS), s3: s3(NO_PORTS), logs: logs(NO_PORTS) }

const served = Object.entries(SERVICES).flatMap(([folder, { operations, schemas }]) =>
  operations.map(operation => ({ folder, operation, members: memberPaths(schemas, operation.name) })))

test('every operation of CloudWatch\'s model is served or declared missing, and none is both', () => {
  const service = SERVICES.cloudwatch
  const declared = [...service.operations.map(({ name }) => name), ...Object.keys(service.missing ?? {})]
  expect(declared.toSorted()).toEqual(modelOperations(service.schemas))
})

test('differences speak of members that the model has', () => {
  const strangers = served.flatMap(({ operation: { name, differs = [] }, members }) =>
    differs.flatMap(({ member }) => (member === undefined || members.has(member) ? [] : [`${name} ${member}`])))
  expect(strangers).toEqual([])
})

const DOOR = 'server/src/ingest/put-metric-data/'

/** What an operation's file imports of the services, itself included; PutMetricData's members are read by its door. */
const sourcesOf = (file: string): string => {
  const found = new Set<string>()
  const visit = (path: string): void => {
    if (found.has(path)) return
    found.add(path)
    for (const specifier of importsOf(path).filter(text => text.startsWith('.'))) {
      const next = resolveImport(path, specifier)
      if (next.startsWith('server/src/services/')) visit(next)
    }
  }
  visit(file)
  if (file.endsWith('/put-metric-data.ts')) for (const path of treeFiles().filter(name => name.startsWith(DOOR))) found.add(path)
  return [...found].map(read).join('\n')
}

/** In the service's folder, or in one of its own within. */
const fileOf = (folder: string, name: string): string => {
  const file = `${name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.ts`
  const paths = treeFiles().filter(path => path.startsWith(`server/src/services/${folder}/`) && path.endsWith(`/${file}`))
  return paths[0] ?? `server/src/services/${folder}/${file}`
}

test('a member that an operation\'s code never names is declared as a difference', () => {
  const forgotten = served.flatMap(({ folder, operation: { name, differs = [] }, members }) => {
    const words = new Set(sourcesOf(fileOf(folder, name)).match(/\w+/g))
    const declared = differs.flatMap(({ member }) => member ?? [])
    return [...members]
      .filter(path => !words.has(path.split('.').at(-1)!))
      .filter(path => !declared.some(member => path === member || path.startsWith(`${member}.`)))
      .map(path => `${name} ${path}`)
  })
  expect(forgotten).toEqual([])
})
