import { isAsciiLetter, isLower, isUpper, isWord } from './characters.ts'
import type { Span } from './identifier.ts'

/**
 * Finds all keywords of all identifiers in one pass over a text, in time that does not depend on how many there are (an automaton of Aho and
 * Corasick, with every step in a table). Case, accents and the kind of apostrophe do not matter; a blank in a keyword stands for a blank, `_`,
 * `-` or nothing. A keyword is a word of its own, but for an `s` behind it; `cardNumber` and `userSsn` have the words that one sees in them.
 */
export class Keywords {
  readonly #classes: Uint8Array
  readonly #width: number
  /** Where state × class leads. */
  readonly #steps: Int32Array
  /** What ends in a state. */
  readonly #endings: readonly (readonly Ending[] | undefined)[]
  readonly #ends: Uint8Array

  /** `lists[i]`: the keywords of owner `i`. */
  constructor(lists: readonly (readonly string[])[]) {
    const words = new Map<string, number[]>()
    lists.forEach((list, owner) => {
      for (const variant of new Set(list.flatMap(variants))) words.set(variant, [...(words.get(variant) ?? []), owner])
    })
    const alphabet = [...new Set([...words.keys()].join(''))]
    this.#width = alphabet.length + 1
    this.#classes = classesOf(alphabet)
    const states = trie(words, this.#classes)
    this.#steps = complete(states, this.#width)
    this.#endings = states.map(({ endings }) => (endings.length === 0 ? undefined : endings))
    this.#ends = Uint8Array.from(this.#endings, endings => (endings === undefined ? 0 : 1))
  }

  /** The places of each owner's keywords, by owner; undefined where there is none at all. */
  find(text: string): Map<number, Span[]> | undefined {
    let found: Map<number, Span[]> | undefined
    const classes = this.#classes
    const steps = this.#steps
    const ends = this.#ends
    const width = this.#width
    let state = 0
    for (let at = 0; at < text.length; at++) {
      state = steps[state * width + (classes[text.charCodeAt(at)] ?? 0)] ?? 0
      if (ends[state] === 0) continue
      for (const { length, owners } of this.#endings[state] ?? []) {
        const span = { start: at + 1 - length, end: at + 1 }
        if (!standsAlone(text, span)) continue
        found ??= new Map()
        for (const owner of owners) {
          const list = found.get(owner)
          if (list === undefined) found.set(owner, [span])
          else list.push(span)
        }
      }
    }
    return found
  }
}

interface Ending {
  readonly length: number
  readonly owners: readonly number[]
}

interface State {
  readonly next: Map<number, number>
  endings: readonly Ending[]
}

/** With and without its blanks. */
const variants = (keyword: string): readonly string[] => {
  const folded = Array.from(keyword.trim()).map(fold).join('')
  return [folded, folded.replaceAll(' ', '')]
}

/** One character for all that count as the same. */
const fold = (char: string): string => {
  if (char === '_' || char === '-' || char === '–') return ' '
  if (char === '’') return "'"
  const base = char.normalize('NFD').charAt(0).toLowerCase()
  return base.length === 1 ? base : char
}

/** For every UTF-16 unit the number of what it counts as; 0: in no keyword. */
const classesOf = (alphabet: readonly string[]): Uint8Array => {
  const numbers = new Map(alphabet.map((char, index) => [char, index + 1]))
  const classes = new Uint8Array(65_536)
  // Beyond are no letters of these keywords.
  for (let code = 0; code < 0x2100; code++) classes[code] = numbers.get(fold(String.fromCharCode(code))) ?? 0
  return classes
}

const trie = (words: ReadonlyMap<string, readonly number[]>, classes: Uint8Array): State[] => {
  const states: State[] = [{ next: new Map(), endings: [] }]
  for (const [word, owners] of words) {
    let state = 0
    for (let at = 0; at < word.length; at++) {
      const next = states[state]!.next
      const step = classes[word.charCodeAt(at)] ?? 0
      const known = next.get(step)
      state = known ?? states.length
      if (known === undefined) {
        next.set(step, state)
        states.push({ next: new Map(), endings: [] })
      }
    }
    states[state]!.endings = [{ length: word.length, owners }]
  }
  return states
}

/** Fills in every step, breadth first: what a state does not know, the longest ending of it that is a state does. */
const complete = (states: readonly State[], width: number): Int32Array => {
  const steps = new Int32Array(states.length * width)
  const fallback = new Int32Array(states.length)
  const queue = [0]
  for (const state of queue) {
    const { next } = states[state]!
    for (let step = 1; step < width; step++) {
      const inherited = state === 0 ? 0 : (steps[fallback[state]! * width + step] ?? 0)
      const target = next.get(step)
      steps[state * width + step] = target ?? inherited
      if (target === undefined) continue
      fallback[target] = inherited
      states[target]!.endings = [...states[target]!.endings, ...states[inherited]!.endings]
      queue.push(target)
    }
  }
  return steps
}

const standsAlone = (text: string, { start, end }: Span): boolean => begins(text, start) && (ends(text, end) || (/[sS]/.test(text.charAt(end)) && ends(text, end + 1)))

/** After something that is no letter, or with the capital of a new word: `userSsn`, `AWSCredentials`. */
const begins = (text: string, start: number): boolean => {
  const first = text.charCodeAt(start)
  const before = start === 0 ? 32 : text.charCodeAt(start - 1)
  if (!isLetter(before) || !isLetter(first)) return true
  return isUpper(first) && (isLower(before) || (isUpper(before) && isLower(text.charCodeAt(start + 1))))
}

const ends = (text: string, end: number): boolean => {
  if (end >= text.length) return true
  const last = text.charCodeAt(end - 1)
  const next = text.charCodeAt(end)
  return !isLetter(next) || !isLetter(last) || (isLower(last) && isUpper(next))
}

const isLetter = (code: number): boolean => isAsciiLetter(code) || (code > 127 && isWord(code))
