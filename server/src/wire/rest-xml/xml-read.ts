import { MAX_DEPTH } from '../mismatch.ts'

/** One element of a document; attributes are checked for form and left out, as no request of AWS's means anything by them. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string
  readonly children: readonly XmlElement[]
  /** Character data between the children, put together. */
  readonly text: string
}

/** More than the largest legal request holds: 10,000 parts of a multipart upload with all that can be said of each. */
const MAX_ELEMENTS = 200_000

interface Open {
  readonly raw: string
  readonly name: string
  readonly children: XmlElement[]
  text: string
}

const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y
const SPACE = /[ \t\r\n]*/y
const ATTRIBUTE = /[ \t\r\n]+[A-Za-z_][\w.:-]*[ \t\r\n]*=[ \t\r\n]*(?:"[^"<]*"|'[^'<]*')/y
const DECLARATION = /^<\?xml[ \t\r\n][^?<>]*\?>/
const REFERENCE = /&([^;&]{0,12});?/g
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * The root element of a document, or undefined where it is no well-formed one. Document types are refused, so that no entity can
 * grow, and nothing outside can be asked for; what is too deep or has too many elements is refused, too.
 */
export const readXml = (source: string): XmlElement | undefined => {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source
  try {
    return new Reader(text).document()
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}

class Malformed extends Error {}

class Reader {
  readonly #text: string
  readonly #open: Open[] = []
  #at = 0
  #elements = 0
  #root: XmlElement | undefined

  constructor(text: string) {
    this.#text = text
  }

  document(): XmlElement {
    this.#at = DECLARATION.exec(this.#text)?.[0].length ?? 0
    while (this.#at < this.#text.length) {
      if (this.#text.startsWith('<!--', this.#at)) this.#comment()
      else if (this.#text.startsWith('<![CDATA[', this.#at)) this.#characterData()
      else if (this.#text.startsWith('</', this.#at)) this.#close()
      else if (this.#text[this.#at] === '<') this.#start()
      else this.#characters()
    }
    if (this.#root === undefined || this.#open.length > 0) throw new Malformed()
    return this.#root
  }

  #comment(): void {
    this.#at = this.#after('-->', 4)
  }

  #characterData(): void {
    const from = this.#at + 9
    this.#at = this.#after(']]>', 9)
    this.#add(this.#text.slice(from, this.#at - 3))
  }

  #characters(): void {
    const next = this.#text.indexOf('<', this.#at)
    const end = next === -1 ? this.#text.length : next
    this.#add(resolved(this.#text.slice(this.#at, end)))
    this.#at = end
  }

  #add(text: string): void {
    const top = this.#open.at(-1)
    if (top !== undefined) top.text += text
    else if (text.trim() !== '') throw new Malformed()
  }

  #start(): void {
    this.#at++
    const raw = this.#take(NAME)
    if (raw === '' || this.#root !== undefined || ++this.#elements > MAX_ELEMENTS || this.#open.length >= MAX_DEPTH) throw new Malformed()
    while (this.#take(ATTRIBUTE) !== '');
    this.#take(SPACE)
    const empty = this.#text[this.#at] === '/'
    if (empty) this.#at++
    if (this.#text[this.#at] !== '>') throw new Malformed()
    this.#at++
    this.#open.push({ raw, name: raw.slice(raw.indexOf(':') + 1), children: [], text: '' })
    if (empty) this.#end()
  }

  #close(): void {
    this.#at += 2
    const raw = this.#take(NAME)
    this.#take(SPACE)
    if (this.#text[this.#at] !== '>' || this.#open.at(-1)?.raw !== raw) throw new Malformed()
    this.#at++
    this.#end()
  }

  #end(): void {
    const { name, children, text } = this.#open.pop()!
    const element = { name, children, text }
    const parent = this.#open.at(-1)
    if (parent === undefined) this.#root = element
    else parent.children.push(element)
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  #after(end: string, skip: number): number {
    const at = this.#text.indexOf(end, this.#at + skip)
    if (at === -1) throw new Malformed()
    return at + end.length
  }
}

// What XML 1.0 cannot carry (https://www.w3.org/TR/xml/#charsets), written as it is or as a reference.
const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u

const resolved = (text: string): string => {
  const characters = text.includes('&')
    ? text.replace(REFERENCE, (whole, name: string) => (whole.endsWith(';') ? referred(name) : fail()))
    : text
  return ILLEGAL.test(characters) ? fail() : characters
}

const referred = (name: string): string => {
  const known = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined
  if (known !== undefined) return known
  const code = /^#(\d{1,7})$/.exec(name)?.[1] ?? (/^#x[0-9a-fA-F]{1,6}$/.test(name) ? `0${name.slice(1)}` : undefined)
  return code === undefined || Number(code) > 0x10ffff ? fail() : String.fromCodePoint(Number(code))
}

const fail = (): never => {
  throw new Malformed()
}
