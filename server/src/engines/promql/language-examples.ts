import type { Example } from './example.ts'

const HOSTS = { 'x{host="a"}': '1 2 3', 'x{host="b"}': '4 5 -', 'y{host="a"}': '0 0 1' }

/** Part of the reference page, and run as tests. */
export const SELECTOR_EXAMPLES: readonly Example[] = [
  { query: 'x', series: HOSTS, result: ['x{host="a"} 3', 'x{host="b"} 5'] },
  { query: 'x{host!="b"}', series: HOSTS, result: ['x{host="a"} 3'] },
  { query: '{__name__=~"x|y",host=~"a.*"}', series: HOSTS, result: ['x{host="a"} 3', 'y{host="a"} 1'] },
  { query: 'x{host!~"a|c"}', series: HOSTS, result: ['x{host="b"} 5'] },
  { query: '{"disk.used", "Disk Name"="sda"}', series: { '{"disk.used","Disk Name"="sda"}': '7' }, result: ['{"disk.used", "Disk Name"="sda"} 7'] },
  { query: 'x offset 1m', series: HOSTS, result: ['x{host="a"} 2', 'x{host="b"} 5'] },
  { query: 'x[2m]', series: HOSTS, result: ['x{host="a"} 2 3', 'x{host="b"} 5'] },
  { query: 'x[1m] offset 1m', series: HOSTS, result: ['x{host="a"} 2', 'x{host="b"} 5'] },
  { query: 'sum(x)[2m:1m]', series: HOSTS, result: ['{} 7 8'] },
  { query: 'max_over_time(sum(x)[10m:])', series: HOSTS, result: ['{} 8'] },
]

const ERRORS = { 'errors{host="a",code="500"}': '1', 'errors{host="a",code="503"}': '2', 'errors{host="b",code="500"}': '4', 'requests{host="a"}': '10', 'requests{host="c"}': '1' }

export const OPERATOR_EXAMPLES: readonly Example[] = [
  { query: '-2 ^ 2 + 7 % 4', result: ['-1'] },
  { query: 'x * 2', series: HOSTS, result: ['{host="a"} 6', '{host="b"} 10'] },
  { query: '-x', series: HOSTS, result: ['{host="a"} -3', '{host="b"} -5'] },
  { query: 'x > 4', series: HOSTS, result: ['x{host="b"} 5'] },
  { query: '4 < x', series: HOSTS, result: ['x{host="b"} 5'] },
  { query: 'x > bool 4', series: HOSTS, result: ['{host="a"} 0', '{host="b"} 1'] },
  { query: '1 == bool 1', result: ['1'] },
  { query: 'x / y', series: HOSTS, result: ['{host="a"} 3'] },
  { query: 'x and y', series: HOSTS, result: ['x{host="a"} 3'] },
  { query: 'x unless y', series: HOSTS, result: ['x{host="b"} 5'] },
  { query: 'y or x', series: HOSTS, result: ['y{host="a"} 1', 'x{host="b"} 5'] },
  {
    query: 'errors / on(host) group_left requests', series: ERRORS,
    result: ['{code="500", host="a"} 0.1', '{code="503", host="a"} 0.2'],
  },
  { query: 'sum by (host) (errors) / ignoring(code) requests', series: ERRORS, result: ['{host="a"} 0.3'] },
  {
    query: 'requests * on(host) group_right() errors{code="500"}', series: ERRORS,
    result: ['{code="500", host="a"} 10'],
  },
]
