import { expect, test } from 'vitest'
import { blocksOf, inlinesOf } from './markdown.ts'

test('blocks are told apart', () => {
  const text = '# Shop\nAll of it,\nin two lines\n\n- one\n  goes on\n- two\n\n1. first\n\n```\n<b>\n```\n> said\n\n---\n| a | b |\n|---|:-:|\n| 1 | 2 |'
  expect(blocksOf(text)).toEqual([
    { kind: 'heading', level: 1, text: 'Shop' },
    { kind: 'paragraph', text: 'All of it,\nin two lines' },
    { kind: 'list', ordered: false, items: ['one goes on', 'two'] },
    { kind: 'list', ordered: true, items: ['first'] },
    { kind: 'code', text: '<b>' },
    { kind: 'quote', blocks: [{ kind: 'paragraph', text: 'said' }] },
    { kind: 'rule' },
    { kind: 'table', head: ['a', 'b'], rows: [['1', '2']] },
  ])
})

test('inside a line: code, links, buttons, strong and emphasis; all else is text', () => {
  expect(inlinesOf('`a*b*` **now** *maybe* [page](https://x.example) [button:primary:Go](#/alarms) <img src=x>')).toEqual([
    { kind: 'code', text: 'a*b*' }, { kind: 'text', text: ' ' }, { kind: 'strong', text: 'now' }, { kind: 'text', text: ' ' },
    { kind: 'emphasis', text: 'maybe' }, { kind: 'text', text: ' ' },
    { kind: 'link', text: 'page', address: 'https://x.example', button: false }, { kind: 'text', text: ' ' },
    { kind: 'link', text: 'Go', address: '#/alarms', button: true }, { kind: 'text', text: ' <img src=x>' },
  ])
})

test('unfinished and hostile texts are read to their end', () => {
  for (const text of ['```\nopen', '> '.repeat(5000), '['.repeat(20_000), '*'.repeat(20_000), '| |\n'.repeat(1000), '- \n  \n']) {
    expect(blocksOf(text).length).toBeGreaterThan(0)
    inlinesOf(text)
  }
})
