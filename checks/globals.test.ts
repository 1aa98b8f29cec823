import { expect, test } from 'vitest'
import { isCode, isTest, parse, place, treeFiles, walk, type SyntaxNode } from './source-files.ts'

/** Time, chance and the environment are handed in; these files hand them out. */
const HOMES: Readonly<Record<string, readonly RegExp[]>> = {
  time: [/^server\/src\/base\/(clock|manual-clock)\.ts$/, /^bench\//, /^console\//, /^examples\//],
  chance: [/^server\/src\/base\/entropy\.ts$/, /^bench\//],
  environment: [/^server\/src\/server\/config\//, /^server\/src\/cli\/main\.ts$/, /^bench\//, /^console\/(prepare|dev)/, /^examples\//, /^vitest\.config\.ts$/],
}

const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate'])

const name = (node: unknown): string | undefined => {
  const { type, name: text } = (node ?? {}) as { type?: string; name?: string }
  return type === 'Identifier' ? text : undefined
}

/** What a node uses of the outside, if anything. */
const outside = (node: SyntaxNode): keyof typeof HOMES | undefined => {
  if (node.type === 'MemberExpression') {
    const object = name(node['object'])
    const property = name(node['property'])
    if (object === 'Date' && property === 'now') return 'time'
    if (object === 'Math' && property === 'random') return 'chance'
    if (object === 'process' && property === 'env') return 'environment'
  }
  if (node.type === 'NewExpression' && name(node['callee']) === 'Date' && (node['arguments'] as unknown[]).length === 0) return 'time'
  if (node.type === 'CallExpression' && (TIMERS.has(name(node['callee']) ?? '') || name(node['callee']) === 'Date')) return 'time'
  return undefined
}

test('time, chance and the environment are used only in their homes', () => {
  const strays: string[] = []
  for (const path of treeFiles()) {
    if (!isCode(path) || isTest(path)) continue
    walk(parse(path), node => {
      const use = outside(node)
      if (use !== undefined && !HOMES[use]!.some(home => home.test(path))) strays.push(`${place(path, node)} uses ${use}`)
    })
  }
  expect(strays).toEqual([])
})

test.each([
  ['Date.now()', 'time'],
  ['new Date()', 'time'],
  ['Date()', 'time'],
  ['setTimeout(() => {}, 1)', 'time'],
  ['const f = Math.random', 'chance'],
  ['process.env.HOME', 'environment'],
  ['new Date(0)', undefined],
  ['clock.now(); clock.after(1, f); entropy.fraction()', undefined],
])('the check sees what %s uses', (code, expected) => {
  const uses: unknown[] = []
  walk(parse('made-up.ts', code), node => uses.push(outside(node)))
  expect(uses.find(use => use !== undefined)).toBe(expected)
})
