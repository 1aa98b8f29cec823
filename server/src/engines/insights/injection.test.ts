import { describe, expect, test } from 'vitest'
import { scratchTelemetry } from '../../store/telemetry/telemetry.test-support.ts'
import { compileQuery, sourceOf } from './compile-query.ts'
import { HOSTILE } from './hostile-texts.test-support.ts'
import { GROUP, RANGE, TestEvents } from './insights.test-support.ts'

const quoted = (text: string): string => `"${text.replaceAll(/[\\"]/g, '\\$&')}"`
const ticked = (text: string): string => `\`${text}\``
const glob = (text: string): string => quoted(`${text.replaceAll('*', '')}*`)
const regex = (text: string): string => `/${text.replaceAll(/[\\^$.[\]|()?*+{}/]/g, '\\$&')}/`

/** Where a query takes what its writer likes. */
const POSITIONS: Readonly<Record<string, (text: string) => string>> = {
  'a compared text': text => `fields toupper(@message) as m | filter m = ${quoted(text)}`,
  'an ordered text': text => `filter @logStream >= ${quoted(`${text}x`)}`,
  'a searched text': text => `filter @message like ${quoted(text)}`,
  'a list': text => `filter @logStream in [${quoted(text)}, "b"]`,
  'an argument': text => `fields replace(@message, ${quoted(text)}, ${quoted(text)}) as r`,
  'a pattern': text => `parse @message ${glob(text)} as a`,
  'a regular expression': text => `filter @message like ${regex(text)}`,
  'a field': text => `fields ${ticked(`f${text}`)}`,
  'a member': text => `fields jsonParse(@message) as j | fields j.${ticked(`f${text}`)}`,
  'an alias': text => `fields strlen(@message) as ${ticked(`n${text}`)} | filter ${ticked(`n${text}`)} > 1 | sort ${ticked(`n${text}`)} desc`,
  'an alias of stats': text => `stats count(*) as ${quoted(`n${text}`)} by @logStream as ${quoted(`k${text}`)}`,
  'a pattern of every match': text => `parse @message /(${regex(text).slice(1, -1)})/ multi as ${ticked(`n${text}`)}`,
  'a name of parse': text => `parse @message "*" as ${ticked(`n${text}`)}`,
  'a subquery': text => `filter @logStream in (SOURCE ${quoted(text)} | filter @message = ${quoted(text)} | fields @logStream)`,
  'a column of a lookup': text => `lookup t k as ${ticked(`f${text}`)} OUTPUT ${ticked('v')}`,
  'a total': text => `fields strlen(@message) as ${ticked(`n${text}`)} | addtotals fieldname=${ticked(`t${text}`)} col=true ${ticked(`n${text}`)}`,
  'an expanded field': text => `expand ${ticked(`f${text}`)}`,
  'appended columns': text => `fields @logStream | appendcols (SOURCE ${quoted(text)} | filter @message = ${quoted(text)} | fields @message as ${ticked(`c${text}`)})`,
  'columns of networks': text => `cidrlookup t ${ticked(`f${text}`)} as k OUTPUT v as ${ticked(`o${text}`)}`,
  'relevant fields': text => `relevantfields ${ticked(`f${text}`)} where @message = ${quoted(text)}`,
  'compared patterns': text => `filter @message like ${quoted(text)} | logcompare timeshift 7d`,
  'an estimate': text => `filter @message like ${quoted(text)} | fields ${ticked(`f${text}`)} | estimate`,
  'a filling': text => `stats latest(@message) as l by bin(1h) as b | fillmissing with ${quoted(text)} for l`,
}

const compile = (query: string, text: string) => compileQuery(query, {
  ...RANGE,
  groups: [{ id: GROUP.id, label: text }],
  groupsOf: () => [{ id: 8, label: text }],
  lookup: () => ({ columns: ['k', 'v'], rows: [[text, text]] }),
})

/** The statement without its values: equal texts share a placeholder, so their numbers may differ. */
const shape = (query: string, text: string): string => compile(query, text).sql.replaceAll(/\{p\d+:/g, '{')

describe('no text changes the statement', () => {
  test('the texts are many', () => expect(new Set(HOSTILE).size).toBeGreaterThan(500))

  test.for(Object.keys(POSITIONS))('%s', position => {
    const query = POSITIONS[position]!
    const expected = shape(query('harmless'), 'harmless')
    for (const text of HOSTILE) {
      if ((position === 'a regular expression' || position === 'a pattern of every match') && /[\n\0]/.test(text)) continue
      if (position === 'a pattern' && text.includes('\0')) continue
      expect(shape(query(text.replaceAll(/[`\0]/g, '')), text), JSON.stringify(text)).toBe(expected)
    }
  })

  test('SOURCE gives names as they are', () => {
    for (const text of HOSTILE) expect(sourceOf(`SOURCE ${quoted(text)} | fields @message`)!.groups).toEqual([text])
  })
})

describe('every text is only itself to the engine', async () => {
  const texts = HOSTILE.filter((text, index) => index % 5 === 0 && !text.startsWith('@') && !/[`\0]/.test(text))
  const messages = texts.map((text, index) => ({ at: RANGE.start + index, message: JSON.stringify({ v: text, [`k${text}`]: `value ${index}` }) }))
  const events = await TestEvents.with(await scratchTelemetry(), messages)

  test.for(texts.map((text, index) => [index, text] as const))('%i %j', async ([index, text]) => {
    const name = ticked(`k${text}`)
    expect(await events.run(`filter v = ${quoted(text)} | display v, ${name}`)).toEqual([{ v: text, [`k${text}`]: `value ${index}` }])
    expect(await events.run(`filter ${name} like "value" | stats count(*) as ${ticked(`c${text}`)} by v`)).toEqual([{ v: text, [`c${text}`]: '1' }])
  })
})
