import type { LogFinding, MaskMessage } from '../../model/log.ts'
import { CustomPattern } from './custom-pattern.ts'
import { type Form, compileForm, matchForm } from './form.ts'
import { type Identifier, PROXIMITY, type Span } from './identifier.ts'
import { Keywords } from './keywords.ts'
import type { DataProtectionPolicy } from './policy.ts'
import { identifierById } from './registry.ts'

export interface Protection {
  /**
   * Undefined where nothing was found; else as long as the message, with `*` for every UTF-16 unit of what was found. Findings name the id of
   * an identifier or, of custom ones, its name, and are in the order of their places.
   */
  readonly mask: MaskMessage
}

/** One protection for all policies that a log group is under: its account's and its own. Make it once, it is not cheap. */
export const compileProtection = (policies: readonly DataProtectionPolicy[]): Protection => {
  const managed = [...new Set(policies.flatMap(({ managedIdentifiers }) => managedIdentifiers))].flatMap(id => identifierById(id) ?? [])
  const custom = policies.flatMap(({ customIdentifiers }) => customIdentifiers.map(({ name, regex }) => ({ id: name, pattern: new CustomPattern(regex) })))
  const detectors = managed.map(compileIdentifier)
  const keywords = new Keywords(managed.map(identifier => identifier.keywords))
  const spansIn = (text: string): readonly LogFinding[] => {
    const found: LogFinding[] = []
    const places = keywords.find(text)
    detectors.forEach((detector, index) => join(detect(detector, text, places?.get(index)), detector.identifier.id, found))
    for (const { id, pattern } of custom) join(pattern.find(text), id, found)
    return found
  }
  return {
    mask: message => {
      let masked = message
      const findings: LogFinding[] = []
      // What is masked may lay open what it was joined to; then that is looked for too, until there is nothing new.
      for (let round = 0; round < ROUNDS; round++) {
        const found = spansIn(masked).filter(span => !isMasked(masked, span))
        if (found.length === 0) break
        for (const each of found) findings.push(each)
        masked = replace(masked, found)
      }
      return findings.length === 0 ? undefined : { masked, findings: findings.sort((a, b) => a.start - b.start || a.end - b.end) }
    },
  }
}

const ROUNDS = 10

interface Detector {
  readonly identifier: Identifier
  readonly forms: readonly Form[]
  readonly openForms: readonly Form[]
  readonly longest: number
}

const compileIdentifier = (identifier: Identifier): Detector => {
  const forms = identifier.forms.map(compileForm)
  const isOpen = identifier.keywords.length === 0
  return {
    identifier,
    forms: isOpen ? [] : forms,
    openForms: [...(isOpen ? forms : []), ...(identifier.openForms ?? []).map(compileForm)],
    longest: Math.max(0, ...forms.map(form => form.longest)),
  }
}

const detect = ({ identifier, forms, openForms, longest }: Detector, text: string, places: readonly Span[] | undefined): readonly Span[] => {
  const found: Span[] = [...(identifier.find?.(text) ?? [])]
  for (const form of openForms) for (const span of openMatches(identifier, form, text)) found.push(span)
  if (places === undefined || forms.length === 0) return found
  const starts = places.map(({ start }) => start).toSorted((a, b) => a - b)
  const ends = places.map(({ end }) => end)
  let at = 0
  for (const { start, end } of places) {
    const until = Math.min(text.length, end + PROXIMITY + 1)
    for (at = Math.max(at, start - PROXIMITY - longest); at < until; at++) {
      const stop = longestMatch(identifier, forms, text, at)
      if (stop === -1 || !isNear(starts, ends, at, stop)) continue
      found.push({ start: at, end: stop })
      at = stop - 1
    }
  }
  return found
}

/** Adds the spans to `found`; what several forms found in the same place is one finding. */
const join = (spans: readonly Span[], identifier: string, found: LogFinding[]): void => {
  if (spans.length === 0) return
  let open: LogFinding | undefined
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (open !== undefined && start < open.end) open = { ...open, end: Math.max(open.end, end) }
    else {
      if (open !== undefined) found.push(open)
      open = { identifier, start, end }
    }
  }
  if (open !== undefined) found.push(open)
}

const longestMatch = (identifier: Identifier, forms: readonly Form[], text: string, at: number): number => {
  let longest = -1
  for (const form of forms) {
    const end = matchForm(form, text, at, identifier.edges ?? '')
    if (end > longest && accepted(identifier, text, at, end)) longest = end
  }
  return longest
}

const accepted = ({ accepts }: Identifier, text: string, start: number, end: number): boolean => {
  if (accepts === undefined) return true
  const raw = text.slice(start, end)
  return accepts(raw.replace(/[^A-Za-z0-9]/g, '').toUpperCase(), raw)
}

function* openMatches(identifier: Identifier, form: Form, text: string): Iterable<Span> {
  const next = (from: number): number => (form.first === undefined ? from : text.indexOf(form.first, from))
  for (let at = next(0); at !== -1 && at < text.length; at = next(at)) {
    const end = matchForm(form, text, at, identifier.edges ?? '')
    const fits = end !== -1 && accepted(identifier, text, at, end)
    if (fits) yield { start: at, end }
    at = fits ? end : at + 1
  }
}

/** Whether a keyword ends at most so far before it, or begins at most so far behind. Both lists ascend. */
const isNear = (starts: readonly number[], ends: readonly number[], start: number, end: number): boolean => {
  const before = ends[firstAtLeast(ends, start - PROXIMITY)]
  const behind = starts[firstAtLeast(starts, end)]
  return (before !== undefined && before <= start) || (behind !== undefined && behind - end <= PROXIMITY)
}

const firstAtLeast = (values: readonly number[], least: number): number => {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? 0) < least) low = middle + 1
    else high = middle
  }
  return low
}

const isMasked = (text: string, { start, end }: Span): boolean => {
  for (let at = start; at < end; at++) if (text.charCodeAt(at) !== 42) return false
  return true
}

const replace = (text: string, found: readonly Span[]): string => {
  let result = ''
  let at = 0
  for (const { start, end } of found.toSorted((a, b) => a.start - b.start)) {
    if (end <= at) continue
    const from = Math.max(at, start)
    result += text.slice(at, from) + '*'.repeat(end - from)
    at = end
  }
  return result + text.slice(at)
}
