import type { ExplanationDocument, NodeDocument, PointDocument } from './explanation.ts'
import type { Server } from './server.ts'
import { plain, table } from './table.ts'

/** What `tocsin alarm explain` prints. */
export const explainCommand = async (
  server: Pick<Server, 'get'>,
  name: string,
  { at, json }: { readonly at: string | undefined; readonly json: boolean },
): Promise<string> => {
  const answer = await server.get('/api/alarms/explanation', { name, ...(at === undefined ? {} : { at }) })
  if (json) return `${JSON.stringify(answer, undefined, 2)}\n`
  return `${pageOf(answer as ExplanationDocument).join('\n')}\n`
}

const pageOf = ({ alarm, at, verdict, because, evaluation, state, points, contributors, rule }: ExplanationDocument): readonly string[] => [
  `${plain(alarm)}  at ${at}`,
  `  verdict  ${verdict === 'keep' ? 'the state stays' : verdict}`,
  `  because  ${plain(because)}`,
  ...(evaluation === undefined ? [] : [`  note     ${evaluation}`]),
  state === undefined ? '  state    not known for then' : `  state    ${state.value}${state.since === undefined ? '' : ` since ${state.since}`}`,
  ...(state?.reason === undefined ? [] : [`           ${plain(state.reason)}`]),
  ...section(points.length === 0 ? [] : pointRows(points)),
  ...section(contributors.length === 0 ? [] : [
    ['series', 'state', 'because'],
    ...contributors.map(({ attributes, value, because: why }) => [labelled(attributes), value, why]),
  ]),
  ...(rule === undefined ? [] : ['', ...treeOf(rule, '  ')]),
]

const section = (rows: readonly (readonly string[])[]): readonly string[] => (rows.length === 0 ? [] : ['', ...table(rows).map(line => `  ${line}`)])

const pointRows = (points: readonly PointDocument[]): readonly (readonly string[])[] => {
  const banded = points.some(({ lower, upper }) => lower !== undefined || upper !== undefined)
  return [
    ['period', 'value', ...(banded ? ['band'] : []), 'finding', ''],
    ...points.map(({ at, value, lower, upper, finding, considered }) => [
      at.replace('.000Z', 'Z'),
      value === undefined ? '-' : String(value),
      ...(banded ? [`${lower ?? '-'} … ${upper ?? '-'}`] : []),
      finding,
      considered ? '' : 'not considered',
    ]),
  ]
}

const labelled = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).map(([key, value]) => `${key}=${value}`).join(' ') || '(no labels)'

const treeOf = ({ text, value, alarms, operands }: NodeDocument, indent: string): readonly string[] => [
  `${indent}${value ? 'true ' : 'false'}  ${plain(text)}`,
  ...alarms.map(({ alarm, state, counts }) => `${indent}  ${counts ? '+' : '-'} ${plain(alarm)} was ${state ?? 'not there'}`),
  ...operands.flatMap(operand => treeOf(operand, `${indent}  `)),
]
