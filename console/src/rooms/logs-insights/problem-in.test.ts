import { expect, test } from 'vitest'
import { AwsError } from '../../aws/aws-error.ts'
import { hintIn, problemIn } from './problem-in.ts'

const refused = (message: string, queryCompileError?: object) => new AwsError('MalformedQueryException', message, 400, { queryCompileError })
const location = { startCharOffset: 9, endCharOffset: 12 }

test.each([
  ['what AWS does not tell', refused('unexpected symbol found lim at line 1 and position 9', { location, message: 'Unknown command \'lim\'' }), 'Unknown command \'lim\''],
  ['what is told already', refused('Unknown function \'nope\' ([9,12])', { location, message: 'Unknown function \'nope\'' }), undefined],
])('the hint is %s', (_, error, hint) => {
  expect([hintIn(error), problemIn(error)]).toEqual([hint, { start: 9, end: 12 }])
})

test.each([refused('AWS told no more'), refused('', { message: undefined }), new Error('network'), null])('%j has neither hint nor place', error => {
  expect([hintIn(error), problemIn(error)]).toEqual([undefined, undefined])
})
