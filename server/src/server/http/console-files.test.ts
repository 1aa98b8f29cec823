import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { ConsoleFiles } from './console-files.ts'

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'tocsin-console-')), 'dist')
})

const build = (hash: string, at: number): void => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), `page ${hash}`)
  utimesSync(join(folder, 'index.html'), at, at)
  writeFileSync(join(folder, `assets/main-${hash}.js`), `script ${hash}`)
  writeFileSync(join(folder, `assets/main-${hash}.js.br`), `packed ${hash}`)
  writeFileSync(join(folder, '../secret'), 'secret')
}
const bodyOf = (files: ConsoleFiles, path: string, accepted = ''): string | undefined => files.answer(path, { 'accept-encoding': accepted })?.body.toString()

describe('console files', () => {
  test('are the built ones, packed for whoever unpacks them', () => {
    build('a', 1)
    const files = new ConsoleFiles(folder)
    expect(bodyOf(files, '/')).toBe('page a')
    expect(bodyOf(files, '/assets/main-a.js')).toBe('script a')
    expect(bodyOf(files, '/assets/main-a.js', 'gzip, br')).toBe('packed a')
    expect(bodyOf(files, '/assets/main-a.js', 'br;q=0')).toBe('script a')
  })

  test.each(['/../secret', '/assets/../../secret', '/%2e%2e/secret', '/assets', '/assets/', '//etc/passwd', '/index.html/..', '/assets/main-b.js'])('%s is not one', path => {
    build('a', 1)
    expect(bodyOf(new ConsoleFiles(folder), path)).toBeUndefined()
  })

  test('a new build under a running server is found with its page', () => {
    build('a', 1)
    const files = new ConsoleFiles(folder)
    bodyOf(files, '/')
    build('b', 2)
    expect(bodyOf(files, '/assets/main-a.js')).toBeUndefined()
    expect(bodyOf(files, '/')).toBe('page b')
    expect(bodyOf(files, '/assets/main-b.js')).toBe('script b')
  })

  test('nothing is there before the first build', () => {
    const files = new ConsoleFiles(folder)
    expect(bodyOf(files, '/')).toBeUndefined()
    build('a', 1)
    expect(bodyOf(files, '/')).toBe('page a')
  })
})
