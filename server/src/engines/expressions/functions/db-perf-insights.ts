import { fetchedList, fetchedSeries } from './fetched.ts'
import type { MathFunction } from './math-function.ts'

const ENGINES = ['RDS', 'DOCDB']

export const dbPerfInsights: MathFunction = {
  name: 'DB_PERF_INSIGHTS',
  group: 'sources',
  parameters: [
    { name: 'engine', takes: ['string'] },
    { name: 'resource', takes: ['string'] },
    { name: 'counters', takes: ['string', 'strings'] },
  ],
  yields: '→ TS, or TS[] for a list of counters',
  doc: 'Counters of AWS\'s Performance Insights for a database (RDS or DOCDB, and its resource Id). Without AWS there is none, and no datapoint.',
  differs: 'checked; no datapoints: there are no databases of AWS here',
  examples: [
    { expression: "DB_PERF_INSIGHTS('RDS', 'db-ABC', 'db.load.avg')", metrics: { m1: '1 2' }, found: [], result: '- -' },
    { expression: "DB_PERF_INSIGHTS('RDS', 'db-ABC', ['db.load.avg', 'os.cpuUtilization.user.avg'])", metrics: {}, found: [], result: [] },
  ],
  bind: call => {
    const [engine, resource] = [call.text(0), call.text(1)]
    if (!ENGINES.includes(engine)) throw call.problem(0, `The engine of 'DB_PERF_INSIGHTS' is ${ENGINES.join(' or ')}`)
    const counters = call.argument(2)
    const wanted = { kind: 'performance-insights', engine, resource } as const
    if (counters.kind === 'texts') return fetchedList(call, { ...wanted, counters: counters.texts })
    return fetchedSeries(call, { ...wanted, counters: [call.text(2)] })
  },
}
