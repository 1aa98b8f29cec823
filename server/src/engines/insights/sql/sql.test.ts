import { describe, expect, test } from 'vitest'
import { scratchTelemetry } from '../../../store/telemetry/telemetry.test-support.ts'
import { compileQuery, sourceOf } from '../compile-query.ts'
import { InsightsProblem } from '../insights-problem.ts'
import { GROUP, RANGE, TestEvents } from '../insights.test-support.ts'

const EVENTS = [
  { at: '2026-01-01T10:00:00.000Z', message: '{"level":"INFO","ms":120,"user":{"id":"a"},"tags":["x","y"],"code":"200","n":2}' },
  { at: '2026-01-01T10:01:30.500Z', message: '{"level":"ERROR","ms":900,"user":{"id":"b"},"code":"500","path":"50%_off","n":4}' },
  { at: '2026-01-01T10:04:59.999Z', message: '{"level":"INFO","ms":80,"user":{"id":"a"},"code":"200","path":"/api/v1","n":4}' },
  { at: '2026-01-01T11:05:00.000Z', message: '{"level":"ERROR","ms":1500,"user":{"id":"c"},"code":"503","path":"it\'s","n":6}' },
  { at: '2026-01-01T11:07:00.000Z', message: 'WARN disk 91% used on /dev/sda1' },
]
const events = await TestEvents.with(await scratchTelemetry(), EVENTS)

const rows = async (query: string): Promise<readonly string[]> =>
  (await events.run(query, { language: 'SQL' })).map(row => Object.entries(row).map(([name, value]) => `${name}=${value}`).join(', '))

/** Over the group `g`, the values of `ms` in order of time. */
const found = async (condition: string): Promise<string> =>
  (await events.run(`SELECT ms FROM \`g\` WHERE ${condition} ORDER BY \`@timestamp\``, { language: 'SQL' })).map(row => row['ms'] ?? '-').join(' ')

describe('WHERE', () => {
  test.for<readonly [string, string]>([
    ['level = \'ERROR\'', '900 1500'],
    ['level <> "INFO"', '900 1500'],
    ['NOT level = \'INFO\'', '900 1500'],
    ['NOT (level = \'INFO\' OR ms > 1000)', '900'],
    ['NOT (level = \'INFO\' AND ms > 100)', '900 80 1500'],
    ['NOT NOT level IN (\'INFO\')', '120 80'],
    ['NOT level IS NULL', '120 900 80 1500'],
    ['NOT level LIKE \'I%\'', '900 1500'],
    ['NOT CONTAINS(level, \'I\')', '900 1500'],
    ['! (ms > 100)', '80'],
    ['ms > 100 AND ms <= 900', '120 900'],
    ['ms == 80 OR ms = 120 AND code = 200', '120 80'],
    ['ms BETWEEN 80 AND 120', '120 80'],
    ['ms NOT BETWEEN 80 AND 120', '900 1500'],
    ['level IN (\'INFO\', \'WARN\')', '120 80'],
    ['level NOT IN (\'INFO\')', '900 1500'],
    ['ms IN (80, 900)', '900 80'],
    ['level IS NULL', '-'],
    ['level IS NOT NULL', '120 900 80 1500'],
    ['ISNULL(level)', '-'],
    ['`@message` LIKE \'%disk%\'', '-'],
    ['`@message` LIKE \'WARN%\'', '-'],
    ['`@message` LIKE \'disk\'', ''],
    ['level LIKE \'_RR%\'', '900 1500'],
    ['level LIKE \'INFO\'', '120 80'],
    ['level NOT LIKE \'INFO\'', '900 1500'],
    ['level NOT LIKE \'I%\'', '900 1500'],
    ['level ILIKE \'err%\'', '900 1500'],
    ['level LIKE \'err%\'', ''],
    ['path LIKE \'50\\%\\_off\'', '900'],
    ['path LIKE \'%\\%\\__ff\'', '900'],
    ['path LIKE \'50_off\'', ''],
    ['path LIKE \'/api/%\'', '80'],
    ['path = \'it\'\'s\'', '1500'],
    ['path = \'it\\\'s\'', '1500'],
    ['level RLIKE \'^E.*R$\'', '900 1500'],
    ['user.id = \'a\' AND `user.id` = \'a\' AND `user`.`id` = \'a\'', '120 80'],
    ['tags[0] = \'x\'', '120'],
    ['code >= 500', '900 1500'],
    ['`@timestamp` >= \'2026-01-01 11:00:00.000\'', '1500 -'],
    ['COALESCE(level, \'none\') = \'none\' -- a comment\n', '-'],
    ['level || \'-\' || code /* both */ = \'INFO-200\'', '120 80'],
    ['level = NULL', ''],
    ['TRUE', '120 900 80 1500 -'],
  ])('%s', async ([condition, expected]) => {
    expect(await found(condition)).toBe(expected)
  })
})

test.for<readonly [string, string]>([
  ['LENGTH(level)', '4'], ['UPPER(user.id)', 'A'], ['LOWER(level)', 'info'], ['SUBSTRING(level, 2, 2)', 'NF'], ['SUBSTR(level, 1)', 'INFO'], ['LEFT(level, 2)', 'IN'], ['ABS(ms - 200)', '80'],
  ['ROUND(ms / 7, 1)', '17.1'], ['CEILING(ms / 100)', '2'], ['FLOOR(ms / 100)', '1'], ['POWER(2, 3)', '8'], ['MOD(ms, 7)', '1'], ['-ms + 2 * 10 % 7', '-114'], ['CONCAT(level, 1)', 'INFO1'],
  ['NULLIF(level, \'x\')', 'INFO'], ['NULLIF(level, \'INFO\')', '-'], ['IF(ms > 100, \'slow\', \'fast\')', 'slow'], ['CASE WHEN ms > 1000 THEN \'a\' WHEN ms > 100 THEN \'b\' ELSE \'c\' END', 'b'],
  ['CASE level WHEN \'INFO\' THEN 1 END', '1'], ['CASE level WHEN \'x\' THEN 1 END', '-'], ['CAST(code AS INT) + 1', '201'], ['CAST(ms AS STRING) || \'x\'', '120x'], ['CAST(ms AS DECIMAL(10, 2))', '120'],
  ['DATE_TRUNC(\'HOUR\', `@timestamp`)', '2026-01-01 10:00:00.000'], ['UNIX_TIMESTAMP(`@timestamp`)', '1767261600'], ['TIMESTAMP_SECONDS(1767261600)', '2026-01-01 10:00:00.000'],
  ['NOW()', '2026-01-01 12:00:00.000'], ['GET_JSON_OBJECT(`@message`, \'$.user.id\')', 'a'], ['GET_JSON_OBJECT(`@message`, \'$.tags[1]\')', 'y'], ['CONTAINS(level, \'NF\')', '1'], ['ms / 0', '-'],
  ['strlen(level)', '4'], ['bin(1h)', '2026-01-01 10:00:00.000'], ['1 + 2 * 3', '7'], ['(1 + 2) * 3', '9'], ['NULL', '-'],
])('%s', async ([expression, expected]) => {
  const [row] = await events.run(`SELECT ${expression} AS v FROM \`g\` ORDER BY \`@timestamp\` LIMIT 1`, { language: 'SQL' })
  expect(row?.['v'] ?? '-').toBe(expected)
})

test.for<readonly [string, readonly string[]]>([
  ['SELECT level, ms FROM `g` WHERE ms > 100 ORDER BY ms', ['level=INFO, ms=120', 'level=ERROR, ms=900', 'level=ERROR, ms=1500']],
  ['select level as l, ms*2 as twice from g order by twice desc limit 2', ['l=ERROR, twice=3000', 'l=ERROR, twice=1800']],
  ['SELECT ms code, code ms FROM `g` WHERE ms = 120;', ['code=120, ms=200']],
  ['SELECT ms FROM `g` ORDER BY ms LIMIT 2', ['', 'ms=80']],
  ['SELECT ms FROM `g` ORDER BY ms NULLS LAST LIMIT 1', ['ms=80']],
  ['SELECT ms FROM `g` ORDER BY 1 DESC LIMIT 1', ['ms=1500']],
  ['SELECT lg.level, lg.`user.id` FROM `g` AS lg WHERE lg.ms = 80', ['level=INFO, user.id=a']],
  ['SELECT * FROM `g` WHERE ms = 80', [`@timestamp=2026-01-01 10:04:59.999, @message=${EVENTS[2]!.message}, @logStream=main, @log=${GROUP.label}, @ingestionTime=2026-01-02 00:00:00.000`]],
  ['SELECT DISTINCT level FROM `g`', ['level=ERROR', 'level=INFO', '']],
  ['SELECT COUNT(*), COUNT(ms), COUNT(DISTINCT user.id) AS users FROM `g`', ['COUNT(*)=5, COUNT(ms)=4, users=3']],
  ['SELECT level, COUNT(*) AS c FROM `g` GROUP BY level HAVING c > 1 ORDER BY c, level', ['level=ERROR, c=2', 'level=INFO, c=2']],
  ['SELECT level, SUM(ms) s, AVG(ms) a, MIN(ms), MAX(ms) FROM `g` WHERE level IS NOT NULL GROUP BY level ORDER BY SUM(ms) DESC', ['level=ERROR, s=2400, a=1200, MIN(ms)=900, MAX(ms)=1500', 'level=INFO, s=200, a=100, MIN(ms)=80, MAX(ms)=120']],
  ['SELECT LOWER(level) AS l, COUNT(*) AS c FROM `g` WHERE ms > 0 GROUP BY l', ['l=error, c=2', 'l=info, c=2']],
  ['SELECT UPPER(level) AS level, COUNT(*) AS c FROM `g` WHERE ms > 0 GROUP BY level', ['level=ERROR, c=2', 'level=INFO, c=2']],
  ['SELECT level, code, COUNT(*) AS c FROM `g` WHERE ms < 1000 GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 1', ['level=INFO, code=200, c=2']],
  ['SELECT DATE_TRUNC(\'hour\', `@timestamp`) AS hour, COUNT(*) AS c FROM `g` GROUP BY DATE_TRUNC(\'hour\', `@timestamp`) ORDER BY hour', ['hour=2026-01-01 10:00:00.000, c=3', 'hour=2026-01-01 11:00:00.000, c=2']],
  ['SELECT SUM(ms) / COUNT(ms) AS r FROM `g` HAVING COUNT(*) > 1', ['r=650']],
  ['SELECT COUNT(*) FROM `g` HAVING COUNT(*) > 9', []],
  ['SELECT COUNT(none), COUNT(DISTINCT none) AS d, APPROX_COUNT_DISTINCT(none) AS a, COUNT_IF(ms > 9000) AS i FROM `g` HAVING COUNT(none) = 0', ['COUNT(none)=0, d=0, a=0, i=0']],
  ['SELECT PERCENTILE_APPROX(ms, 0.5) AS p, PERCENTILE(ms, 1) AS m FROM `g`', ['p=510, m=1500']],
  ['SELECT STDDEV(n) AS s, STDDEV_POP(n) AS p, VARIANCE(n) AS v FROM `g`', ['s=1.633, p=1.4142, v=2.6667']],
  ['SELECT COUNT_IF(ms > 100) AS slow, COUNT(*) - COUNT_IF(ms > 100) AS rest FROM `g`', ['slow=3, rest=2']],
  ['SELECT level, LAST(code) AS code FROM `g` WHERE ms > 0 GROUP BY level', ['level=ERROR, code=503', 'level=INFO, code=200']],
])('%s', async ([query, expected]) => {
  expect(await rows(query)).toEqual(expected)
})

test('log groups are named as AWS has it', () => {
  const groups = (from: string): readonly string[] => sourceOf(`SELECT * FROM ${from}`, 'SQL')!.groups
  expect(groups('`/aws/lambda/x`')).toEqual(['/aws/lambda/x'])
  expect(groups('LogGroupA')).toEqual(['LogGroupA'])
  expect(groups('`logGroups(logGroupIdentifier: [\'a\', "b"])`')).toEqual(['a', 'b'])
  expect(groups('`logGroups(\n  logGroupIdentifier: [\'arn:aws:logs:us-east-1:123456789012:log-group:a\']\n)` as LG1')).toEqual(['arn:aws:logs:us-east-1:123456789012:log-group:a'])
})

test('rows have no pointer, and the steps are known', () => {
  const compiled = compileQuery('SELECT level FROM `g` WHERE ms > 1', { ...RANGE, groups: [GROUP], language: 'SQL' })
  expect(compiled.columns.map(({ field }) => field)).toEqual(['level'])
  expect(compiled.events).toBe(false)
  expect([...compiled.commands]).toEqual(['filter', 'select'])
  expect(compileQuery('SELECT MAX(unmask(`@message`)) FROM `g`', { ...RANGE, groups: [GROUP], language: 'SQL' }).commands).toContain('unmask')
})

describe('problems say what and where', () => {
  test.for<readonly [query: string, message: string, where: string]>([
    ['fields @message', 'Unexpected \'fields\', expected \'select\'', 'fields'],
    ['SELECT a', 'Unexpected end of query, expected FROM', ''],
    ['SELECT FROM `g`', 'Unexpected \'FROM\', expected an expression', 'FROM'],
    ['SELECT a FROM `g` WHERE', 'Unexpected end of query, expected an expression', ''],
    ['SELECT a FROM `g` LIMIT 0', 'The limit must be a whole number from 1 to 100000', '0'],
    ['SELECT a FROM `g` LIMIT 5 OFFSET 3', 'OFFSET is not supported', 'OFFSET'],
    ['SELECT a FROM `g` JOIN `h` ON a = b', 'Joins are not supported', 'JOIN'],
    ['SELECT a FROM `g` AS x LEFT JOIN `h` ON a = b', 'Joins are not supported', 'LEFT'],
    ['SELECT a FROM `g`, `h`', 'Several log groups are named as', ','],
    ['SELECT a FROM (SELECT b FROM `g`)', 'Subqueries are not supported', '('],
    ['SELECT a FROM `g` WHERE b IN (SELECT c FROM `h`)', 'Subqueries are not supported', 'SELECT'],
    ['SELECT a FROM `g` UNION SELECT a FROM `h`', 'UNION is not supported', 'UNION'],
    ['SELECT RANK() OVER (ORDER BY a) FROM `g`', 'Window functions are not supported', 'OVER'],
    ['SELECT SUM(DISTINCT a) FROM `g`', 'DISTINCT is only supported as COUNT(DISTINCT expression)', 'SUM(DISTINCT a)'],
    ['SELECT nope(a) FROM `g`', 'Unknown function \'nope\'', 'nope(a)'],
    ['SELECT a, COUNT(*) FROM `g`', 'The field \'a\' must be in an aggregation function or after \'by\'', 'a'],
    ['SELECT a FROM `g` WHERE COUNT(*) > 1', 'The aggregate function \'COUNT\' is for HAVING, not for WHERE', 'COUNT(*)'],
    ['SELECT a FROM `g` HAVING a > 1', 'HAVING takes groups', 'a > 1'],
    ['SELECT CAST(a AS DATE) FROM `g`', 'Casts to \'DATE\' are not supported', 'DATE'],
    ['SELECT a AS x, b AS x FROM `g`', 'Two columns have the name \'x\'', 'b'],
    ['SELECT a FROM `g` GROUP BY 2', 'There is no item 2 in the list', '2'],
    ['SELECT a FROM `g` WHERE a LIKE b', 'Unexpected \'b\', expected a pattern in quotes', 'b'],
    ['SELECT a FROM `g` WHERE a RLIKE \'(\'', 'Invalid regular expression', '\'(\''],
    ['SELECT a FROM `filterIndex(\'a\' = 1)`', 'Selecting log groups by filterIndex is not supported', '`filterIndex(\'a\' = 1)`'],
    ['SELECT a FROM `logGroups(namePrefix: [\'a\'])`', 'Unexpected \'namePrefix\', expected logGroupIdentifier', 'namePrefix'],
    ['SELECT a FROM `g` WHERE b = \'x', 'The text in quotes does not end', '\''],
    ['SELECT a FROM `g`; SELECT b FROM `g`', 'Unexpected \'SELECT\', expected the end of the query', 'SELECT'],
    ['WITH x AS (SELECT 1) SELECT a FROM x', 'WITH is not supported', 'WITH'],
    ['SELECT SUBSTRING(a) FROM `g`', 'The function \'SUBSTRING\' takes 2 to 3 arguments, not 1', 'SUBSTRING(a)'],
    ['SELECT PERCENTILE(a, 99) FROM `g`', 'The percentage must be a number from 0 to 1', '99'],
  ])('%s', ([query, message, where]) => {
    const problem = (() => {
      try {
        return compileQuery(query, { ...RANGE, groups: [GROUP], language: 'SQL' })
      } catch (error) {
        return error
      }
    })()
    expect(problem).toBeInstanceOf(InsightsProblem)
    const { message: said, at, until } = problem as InsightsProblem
    expect(said).toContain(message)
    expect(query.slice(at, until)).toBe(where)
  })
})
