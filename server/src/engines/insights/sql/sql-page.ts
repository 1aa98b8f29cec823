import { ALL_FIELDS } from './parse-sql.ts'
import { CAST_TYPES, SQL_AGGREGATES, SQL_FUNCTIONS, type SqlFunction } from './sql-functions.ts'

/** What docs/logs-insights.md says of queries in SQL. */
export const sqlPage = (): string =>
  [INTRODUCTION, RULES, 'Functions that SQL calls otherwise:', table(SQL_FUNCTIONS), 'Aggregate functions, likewise:', table(SQL_AGGREGATES)].join('\n\n')

const INTRODUCTION = `StartQuery with \`queryLanguage\` \`SQL\` takes one SELECT. It is a part of what AWS takes, which is Spark's SQL by way of OpenSearch; what is not
named here is refused, with its place in the query. The log groups stand in the query, not in the request.

${'```'}
SELECT [DISTINCT] expression [AS name], … | *
FROM ${'`'}log group${'`'} [AS name] | ${'`'}logGroups(logGroupIdentifier: ['a', 'b'])${'`'} [AS name]
[WHERE condition]
[GROUP BY expression, …]
[HAVING condition]
[ORDER BY expression [ASC | DESC] [NULLS FIRST | NULLS LAST], …]
[LIMIT count]
${'```'}`

const RULES = `- Conditions: \`= == <> != < <= > >=\`, \`AND OR NOT\`, \`[NOT] IN (…)\`, \`[NOT] BETWEEN … AND …\`, \`IS [NOT] NULL\`, \`[NOT] LIKE\` and \`ILIKE\` with \`%\` and
  \`_\` (a backslash makes them plain), \`[NOT] RLIKE\`. Expressions: \`+ - * / % ||\`, \`CASE\`, and \`CAST\` to
  ${CAST_TYPES.join(', ')}.
- Fields with more in their names than letters, digits, \`_\`, \`@\` and \`.\` stand in backticks, as do words of the language; \`a.b\` and \`\` ${'`'}a.b${'`'} \`\` are the same
  member. Texts stand in single or double quotes.
- A condition on what is missing is neither true nor false, also with NOT. Otherwise values are what they are in Insights' own language, and all
  its functions may be called, \`bin(5m)\` too.
- \`*\` is ${ALL_FIELDS.map(name => `\`${name}\``).join(', ')}: every event has fields of its own. Rows hold what the list names, without \`@ptr\`.
- What has no name is called as it is written. GROUP BY, HAVING and ORDER BY know the names of the list, GROUP BY and ORDER BY its places from 1.
- ORDER BY sorts as \`sort\` does; missing values come first when ascending, last when descending. Without it the newest events come first, and
  groups in order of what they are grouped by.
- Not supported: joins, queries within queries, WITH, UNION, OFFSET, window functions, FILTER, \`filterIndex\` and \`dataSource\`. PPL is refused.`

const table = (functions: readonly SqlFunction[]): string =>
  ['| name | in Insights |', '| --- | --- |', ...functions.map(({ names, means }) => `| ${names.map(name => `\`${name}\``).join(', ')} | ${means} |`)].join('\n')
