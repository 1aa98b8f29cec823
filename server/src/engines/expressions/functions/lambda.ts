import { fetchedList } from './fetched.ts'
import type { MathFunction } from './math-function.ts'

/** AWS's limit. */
const ARGUMENTS = 20

export const lambda: MathFunction = {
  name: 'LAMBDA',
  group: 'sources',
  parameters: [
    { name: 'function', takes: ['string'] },
    { name: 'argument', takes: ['string', 'number'], words: ['true', 'false'], repeats: ARGUMENTS },
  ],
  yields: '→ TS[]',
  doc: 'Series that a function of AWS Lambda answers. Without AWS there are none.',
  differs: 'checked; no series: there are no functions of AWS Lambda here',
  examples: [{ expression: 'LAMBDA("forecast:live", "eu", 7, true)', metrics: {}, found: [], result: [] }],
  bind: call => {
    const args = Array.from({ length: call.count - 1 }, (_, index) => {
      const argument = call.argument(index + 1)
      if (argument.kind === 'word') return argument.word === 'true'
      return argument.kind === 'number' ? argument.number : call.text(index + 1)
    })
    return fetchedList(call, { kind: 'lambda', name: call.text(0), args })
  },
}
