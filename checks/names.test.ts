import { expect, test } from 'vitest'
import { isCode, isTest, read, treeFiles } from './source-files.ts'

const BANNED = /(^|[/.-])(utils?|helpers?|common|misc|managers?|types|stuff|lib)([/.-]|$)/
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|test-support|config|d))*\.tsx?$/

const files = treeFiles().filter(path => isCode(path) || path.endsWith('.d.ts'))

test('no shelf without meaning', () => {
  expect(files.filter(path => BANNED.test(path))).toEqual([])
})

test('file names are kebab-case', () => {
  expect(files.filter(path => !KEBAB.test(path.split('/').at(-1) ?? ''))).toEqual([])
})

test('no default exports and no star exports, but where a tool asks for one', () => {
  const offenders = files
    .filter(path => !path.endsWith('.config.ts') && !isTest(path))
    .filter(path => /^export (default|\*)/m.test(read(path)))
  expect(offenders).toEqual([])
})
