import { avg } from './aggregates/avg.ts'
import { countDistinct } from './aggregates/count-distinct.ts'
import { count } from './aggregates/count.ts'
import { stddev, variance } from './aggregates/deviation.ts'
import { earliest, latest } from './aggregates/earliest.ts'
import { max, min } from './aggregates/extreme.ts'
import { histogram } from './aggregates/histogram.ts'
import { countOverTime, sumOverTime } from './aggregates/over-time.ts'
import { median, pct } from './aggregates/pct.ts'
import { rate } from './aggregates/rate.ts'
import { sortsFirst, sortsLast } from './aggregates/sorts-first.ts'
import { sum } from './aggregates/sum.ts'
import { topk } from './aggregates/topk.ts'
import { values } from './aggregates/values.ts'
import { bin } from './datetime/bin.ts'
import { dateceil, datefloor } from './datetime/datefloor.ts'
import { formatDate } from './datetime/format-date.ts'
import { fromMillis, toMillis } from './datetime/millis.ts'
import { now, queryEndTime, queryStartTime, queryTimeRange } from './datetime/now.ts'
import { parseDate } from './datetime/parse-date.ts'
import { caseOf } from './general/case.ts'
import { coalesce } from './general/coalesce.ts'
import { conditional } from './general/if.ts'
import { isNumeric } from './general/is-numeric.ts'
import { ispresent } from './general/ispresent.ts'
import { messageSize } from './general/message-size.ts'
import type { InsightsAggregate, InsightsFunction } from './insights-function.ts'
import { ipv4ToNumber } from './ip/ipv4-to-number.ts'
import { isIpInSubnet, isIpv4InSubnet, isIpv6InSubnet } from './ip/is-ip-in-subnet.ts'
import { isValidIp, isValidIpV4, isValidIpV6 } from './ip/is-valid-ip.ts'
import { isPrivateIP, isPublicIP, isReservedIP } from './ip/kinds-of-address.ts'
import { jsonArrayContains } from './json/json-array-contains.ts'
import { jsonArraySize } from './json/json-array-size.ts'
import { jsonParse } from './json/json-parse.ts'
import { jsonStringify } from './json/json-stringify.ts'
import { abs } from './numeric/abs.ts'
import { ceil } from './numeric/ceil.ts'
import { toInt, toLong, toNumber } from './numeric/conversions.ts'
import { greatest, least } from './numeric/extreme.ts'
import { floor } from './numeric/floor.ts'
import { haversine } from './numeric/haversine.ts'
import { log } from './numeric/log.ts'
import { round } from './numeric/round.ts'
import { sqrt } from './numeric/sqrt.ts'
import { base64decode, base64encode } from './string/base64.ts'
import { concat } from './string/concat.ts'
import { md5, sha256 } from './string/digest.ts'
import { decToHex, hexToAscii, hexToDec } from './string/hex.ts'
import { isblank, isempty } from './string/isempty.ts'
import { regexReplace } from './string/regex-replace.ts'
import { replace } from './string/replace.ts'
import { split } from './string/split.ts'
import { endsWith, startsWith } from './string/starts-with.ts'
import { strcontains } from './string/strcontains.ts'
import { strlen } from './string/strlen.ts'
import { substr } from './string/substr.ts'
import { tolower } from './string/tolower.ts'
import { toupper } from './string/toupper.ts'
import { ltrim, rtrim, trim } from './string/trim.ts'
import { urldecode, urlencode } from './string/url.ts'

export interface Group<Kind extends InsightsFunction = InsightsFunction> {
  readonly title: string
  readonly functions: readonly Kind[]
}

/** All functions of rows, as the reference page lists them. */
export const FUNCTION_GROUPS: readonly Group[] = [
  { title: 'Numbers', functions: [abs, ceil, floor, round, greatest, least, log, sqrt, toNumber, toInt, toLong, haversine] },
  {
    title: 'Dates and times',
    functions: [bin, datefloor, dateceil, fromMillis, toMillis, now, parseDate, formatDate, queryStartTime, queryEndTime, queryTimeRange],
  },
  { title: 'Conditions', functions: [ispresent, coalesce, conditional, caseOf, isNumeric, messageSize] },
  {
    title: 'Texts',
    functions: [
      isempty, isblank, concat, ltrim, rtrim, trim, strlen, toupper, tolower, substr, replace, regexReplace, strcontains, startsWith, endsWith, split,
      urlencode, urldecode, base64encode, base64decode, hexToAscii, hexToDec, decToHex, md5, sha256,
    ],
  },
  { title: 'JSON', functions: [jsonParse, jsonStringify, jsonArraySize, jsonArrayContains] },
  {
    title: 'IP addresses',
    functions: [
      isValidIp, isValidIpV4, isValidIpV6, isIpInSubnet, isIpv4InSubnet, isIpv6InSubnet, ipv4ToNumber, isPrivateIP, isPublicIP, isReservedIP,
    ],
  },
]

export const FUNCTIONS: readonly InsightsFunction[] = FUNCTION_GROUPS.flatMap(({ functions }) => functions)

/** All functions of `stats`, likewise. */
export const AGGREGATE_GROUPS: readonly Group<InsightsAggregate>[] = [
  { title: 'Statistics', functions: [count, countDistinct, sum, avg, min, max, median, pct, stddev, variance, topk, values, histogram] },
  { title: 'Over time', functions: [earliest, latest, rate, countOverTime, sumOverTime] },
  { title: 'In order', functions: [sortsFirst, sortsLast] },
]

export const AGGREGATES: readonly InsightsAggregate[] = AGGREGATE_GROUPS.flatMap(({ functions }) => functions)

const byName = <Function extends InsightsFunction>(functions: readonly Function[]): ReadonlyMap<string, Function> =>
  new Map(functions.flatMap(one => [one.name, ...(one.aliases ?? [])].map(name => [name.toLowerCase(), one] as const)))

const functions = byName(FUNCTIONS)
const aggregates = byName(AGGREGATES)

export const functionNamed = (name: string): InsightsFunction | undefined => functions.get(name.toLowerCase())
export const aggregateNamed = (name: string): InsightsAggregate | undefined => aggregates.get(name.toLowerCase())
