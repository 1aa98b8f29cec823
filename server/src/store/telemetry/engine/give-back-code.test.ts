import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { giveBackCode, unchangedCode } from './give-back-code.ts'

const mapping = (head: string, facts: Readonly<Record<string, number>> = {}): string =>
  `${head}\n${Object.entries({ Rss: 64, Private_Dirty: 0, Anonymous: 0, Swap: 0, ...facts }).map(([name, kB]) => `${name}:${String(kB).padStart(19)} kB\n`).join('')}VmFlags: rd mr mw me sd\n`

test.each([
  ['code of a library', mapping('7fcdc256e000-7fcdda348000 r-xp 0916d000 fe:00 5310760                    /app/lib/libchdb.so'), ['/app/lib/libchdb.so']],
  ['its constants', mapping('7fcdc0000000-7fcdc0001000 r--p 00000000 fe:00 5310760                    /app/lib/libchdb.so'), ['/app/lib/libchdb.so']],
  ['a binary whose path has a blank', mapping('00400000-0082e000 r--p 00000000 fe:00 5333122                            /my app/bin/node'), ['/my app/bin/node']],
  ['constants that the loader has changed', mapping('7fcdc0000000-7fcdc0001000 r--p 00000000 fe:00 53 /app/lib/libchdb.so', { Private_Dirty: 4, Anonymous: 4 }), []],
  ['… and that were swapped out since', mapping('7fcdc0000000-7fcdc0001000 r--p 00000000 fe:00 53 /app/lib/libchdb.so', { Swap: 4 }), []],
  ['variables', mapping('7fcdc0000000-7fcdc0001000 rw-p 00000000 fe:00 53 /app/lib/libchdb.so'), []],
  ['memory without a file', mapping('7fcdc0000000-7fcdc0001000 r-xp 00000000 00:00 0 '), []],
  ['what the kernel lends', mapping('7ffd0000-7ffd2000 r-xp 00000000 00:00 0                                  [vdso]'), []],
  ['another file', mapping('7fcdc0000000-7fcdc0001000 r--p 00000000 fe:00 53 /usr/lib/locale/locale-archive'), []],
])('%s', (_, smaps, files) => {
  const neighbour = mapping('6fcdc0000000-6fcdc0001000 rw-p 00000000 00:00 0 ', { Private_Dirty: 64 })
  expect(unchangedCode(neighbour + smaps + neighbour).map(({ file }) => file)).toEqual(files)
})

const resident = (): number =>
  [...readFileSync('/proc/self/smaps', 'latin1').matchAll(/ r-xp .*\/node\n(?:[A-Z].*\n)*?Rss: +(\d+) kB/g)].reduce((sum, [, kB]) => sum + Number(kB), 0)

test.runIf(process.platform === 'linux')('code is given back, and still there when it is needed', () => {
  const before = resident()
  giveBackCode()
  expect(resident()).toBeLessThan(before)
  expect([3, 1, 2].toSorted((a, b) => a - b)).toEqual([1, 2, 3])
})
