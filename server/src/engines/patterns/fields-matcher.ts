import type { FilterPattern, Selector } from './filter-pattern.ts'
import type { LogLine } from './log-line.ts'
import { requiredOfAll } from './required-texts.ts'
import { fits, requiredOfSlot, type FieldSlot, type Slot } from './slot.ts'

/** Slots that stand one after the other, with `...` or an end of the pattern at both sides. */
type Run = readonly FieldSlot[]

/**
 * A space-delimited pattern. Without `...` a line needs as many fields as there are slots, and the last slot takes the rest of
 * a longer one, as it is written. AWS documents one `...`; here there may be several, and what stands between two of them is found
 * at the first place where it fits.
 */
export class FieldsPattern implements FilterPattern {
  readonly kind = 'fields'
  readonly regexes: number
  readonly required: readonly (readonly string[])[]
  readonly #runs: readonly Run[]
  readonly #names: ReadonlySet<string>

  constructor(slots: readonly Slot[], regexes: number) {
    const runs: FieldSlot[][] = [[]]
    for (const slot of slots) {
      if (slot === 'ellipsis') runs.push([])
      else runs.at(-1)!.push(slot)
    }
    // `[]` takes any line, as `[...]` does.
    if (slots.length === 0) runs.push([])
    this.#runs = runs
    this.#names = new Set(runs.flat().flatMap(({ name }) => name ?? []))
    this.required = requiredOfAll(runs.flat().map(({ condition }) => (condition === undefined ? [] : requiredOfSlot(condition))))
    this.regexes = regexes
  }

  matches(line: LogLine): boolean {
    for (const texts of this.required) if (!texts.some(text => line.message.includes(text))) return false
    return this.#places(line) !== undefined
  }

  extract(line: LogLine): ReadonlyMap<string, string> | undefined {
    const places = this.#places(line)
    if (places === undefined) return undefined
    const values = new Map<string, string>()
    const fields = this.#fieldsOf(line)
    const named = new Map<number, string>()
    for (const [index, run] of this.#runs.entries()) {
      for (const [offset, { name }] of run.entries()) if (name !== undefined) named.set(places[index]! + offset, name)
    }
    for (const [index, text] of fields.entries()) values.set(`$${named.get(index) ?? index + 1}`, text)
    return values
  }

  selector(text: string): Selector | undefined {
    if (!text.startsWith('$')) return undefined
    const name = text.slice(1)
    if (!this.#names.has(name) && !/^[1-9]\d{0,3}$/.test(name)) return undefined
    return line => this.extract(line)?.get(text)
  }

  /** Where the first field of each run is; undefined: the line does not match. */
  #places(line: LogLine): readonly number[] | undefined {
    const fields = this.#fieldsOf(line)
    const runs = this.#runs
    const last = runs.length - 1
    const places = [0]
    if (!this.#fitsAt(runs[0]!, fields, 0)) return undefined
    if (last === 0) return fields.length === runs[0]!.length ? places : undefined
    let at = runs[0]!.length
    for (let index = 1; index < last; index++) {
      while (at + runs[index]!.length <= fields.length && !this.#fitsAt(runs[index]!, fields, at)) at++
      if (at + runs[index]!.length > fields.length) return undefined
      places.push(at)
      at += runs[index]!.length
    }
    const end = fields.length - runs[last]!.length
    if (end < at || !this.#fitsAt(runs[last]!, fields, end)) return undefined
    places.push(end)
    return places
  }

  #fitsAt(run: Run, fields: readonly string[], at: number): boolean {
    if (at + run.length > fields.length) return false
    for (let index = 0; index < run.length; index++) {
      const { condition } = run[index]!
      if (condition !== undefined && !fits(condition, fields[at + index]!)) return false
    }
    return true
  }

  #fieldsOf(line: LogLine): readonly string[] {
    const { texts, starts } = line.fields
    const slots = this.#runs[0]!.length
    if (this.#runs.length > 1 || texts.length <= slots) return texts
    return [...texts.slice(0, slots - 1), line.message.slice(starts[slots - 1]).trimEnd()]
  }
}
