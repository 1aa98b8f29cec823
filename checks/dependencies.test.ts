import { expect, test } from 'vitest'
import { read, treeFiles } from './source-files.ts'

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const

test('every dependency has its reason in docs/decisions/dependencies.md, and every reason its dependency', () => {
  const wanted = treeFiles()
    .filter(path => /(^|\/)package\.json$/.test(path))
    .flatMap(path => {
      const manifest = JSON.parse(read(path)) as Partial<Record<(typeof KINDS)[number], Readonly<Record<string, string>>>>
      return KINDS.flatMap(kind => Object.keys(manifest[kind] ?? {}))
    })
  const rows = read('docs/decisions/dependencies.md').split('\n').filter(line => line.startsWith('| `'))
  const explained = rows.flatMap(row => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(match => match[1]!))
  expect(explained.toSorted()).toEqual([...new Set(wanted)].sort())
})
