import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT, read, treeFiles } from './source-files.ts'

const documents = treeFiles().filter(path => path.endsWith('.md'))

/** Link targets, and code spans that look like a path of this repository. */
const pathsIn = (text: string): readonly string[] => {
  const prose = text.replace(/```[\s\S]*?```/g, '')
  const links = [...prose.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(match => match[1]!)
  const spans = [...prose.matchAll(/`((?:server|console|bench|checks|docs|examples|\.ci)\/[\w./-]+)`/g)].map(match => `/${match[1]!}`)
  return [...links.filter(link => !/^[a-z]+:/.test(link)), ...spans]
}

test('every path that a document names exists', () => {
  const missing: string[] = []
  for (const document of documents) {
    for (const path of pathsIn(read(document))) {
      const target = path.startsWith('/') ? join(ROOT, path) : join(ROOT, dirname(document), path)
      if (!existsSync(target)) missing.push(`${document} names ${path}`)
    }
  }
  expect(missing).toEqual([])
})

test('no document or source names a path of somebody\'s machine', () => {
  const strays = treeFiles()
    .filter(path => /\.(tsx?|md|json|yml|yaml|sh|html|css)$/.test(path) && path !== 'package-lock.json')
    .filter(path => /\/(home|root|Users)\/[a-z]|\/work\/(main|shared)/.test(read(path)))
  expect(strays.filter(path => path !== 'checks/documents.test.ts')).toEqual([])
})
