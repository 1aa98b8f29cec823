import { expect, test } from 'vitest'
import type { ExplainedNode } from '../aws/explanation.ts'
import { nodeWords } from './rule-node.ts'

const leaf = (text: string): ExplainedNode => ({ text, value: true, alarms: [{ alarm: 'a', state: 'ALARM', counts: true }], operands: [] })
const node = (text: string, ...operands: ExplainedNode[]): ExplainedNode => ({ text, value: true, alarms: [], operands })

test.each<[ExplainedNode, string]>([
  [leaf('ALARM("this OR that")'), 'ALARM'],
  [node('ALARM("x OR y") AND OK(b)', leaf('ALARM("x OR y")'), leaf('OK(b)')), 'All of'],
  [node('ALARM(a) OR (OK(b) AND OK(c))', leaf('ALARM(a)'), node('OK(b) AND OK(c)', leaf('OK(b)'), leaf('OK(c)'))), 'Any of'],
  [node('NOT ALARM(a)', leaf('ALARM(a)')), 'Not'],
  [node('TRUE'), 'TRUE'],
  [
    { ...leaf('AT_LEAST(2, ALARM, (a, b))'), alarms: [{ alarm: 'a', state: 'ALARM', counts: true }, { alarm: 'b', state: 'OK', counts: false }] },
    'At least 2 of 2 in ALARM: 1 are',
  ],
])('$text', (given, words) => {
  expect(nodeWords(given)).toBe(words)
})
