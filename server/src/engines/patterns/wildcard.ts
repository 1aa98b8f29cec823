/** A text in which `*` stands for any run of characters, also none. Asking takes time linear in the text. */
export class Wildcard {
  /** What stands between the stars; a single part has to be equal. */
  readonly parts: readonly string[]

  constructor(parts: readonly string[]) {
    this.parts = parts
  }

  /** `*` alone. */
  get matchesAll(): boolean {
    return this.parts.length > 1 && this.parts.every(part => part === '')
  }

  matches(text: string): boolean {
    const { parts } = this
    const first = parts[0]!
    if (parts.length === 1) return text === first
    if (!text.startsWith(first)) return false
    let at = first.length
    for (let index = 1; index < parts.length - 1; index++) {
      const found = text.indexOf(parts[index]!, at)
      if (found < 0) return false
      at = found + parts[index]!.length
    }
    const last = parts.at(-1)!
    return text.length - last.length >= at && text.endsWith(last)
  }
}
