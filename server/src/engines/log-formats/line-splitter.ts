import { EVENT_BYTES } from './event-limit.ts'
import { TextReader } from './text-reader.ts'

/**
 * Bytes to lines, without their ends (LF or CRLF) and without empty ones. A line that grows over what an event may hold is given
 * out in parts, so that nothing is lost and little is kept.
 */
export class LineSplitter {
  readonly #reader = new TextReader()
  #open = ''

  push(bytes: Uint8Array): readonly string[] {
    return this.#split(this.#reader.read(bytes))
  }

  end(): readonly string[] {
    const lines = this.#split(this.#reader.end())
    const last = this.#open
    this.#open = ''
    return isEmpty(last) ? lines : [...lines, withoutReturn(last)]
  }

  #split(text: string): readonly string[] {
    const lines: string[] = []
    let from = 0
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
      const line = this.#open + text.slice(from, at)
      this.#open = ''
      if (!isEmpty(line)) lines.push(withoutReturn(line))
      from = at + 1
    }
    this.#open += text.slice(from)
    if (this.#open.length > EVENT_BYTES) {
      lines.push(this.#open)
      this.#open = ''
    }
    return lines
  }
}

const isEmpty = (line: string): boolean => line === '' || line === '\r'
const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)
