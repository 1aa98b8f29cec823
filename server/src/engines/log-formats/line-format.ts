import { LineSplitter } from './line-splitter.ts'
import type { FormatName, LineParser, LogFormat, ParsedEvent, Sample } from './log-format.ts'
import { TextEvents } from './text-events.ts'

/** What a line is: an event, a line that describes the others, or (undefined) nothing of the format, which is kept as text. */
export type LineReader = (line: string) => ParsedEvent | 'header' | undefined

/** A format in which every line stands for itself. `reader` makes a fresh one for each object. */
export const lineFormat = (name: FormatName, text: string, reader: () => LineReader): LogFormat => ({
  name,
  text,
  fits: sample => mostFit(sample, reader()),
  open: ({ modifiedAt }) => lineParser(reader(), modifiedAt),
})

/** Half of the lines that were seen, and at least one: a log may have strange lines, and foreign formats may have one that fits. */
const mostFit = ({ lines }: Sample, read: LineReader): boolean => {
  const fitting = lines.filter(line => read(line) !== undefined).length
  return fitting > 0 && fitting * 2 >= lines.length
}

const lineParser = (read: LineReader, near: number): LineParser => {
  const splitter = new LineSplitter()
  const text = new TextEvents(near)
  const take = (lines: readonly string[]): ParsedEvent[] => {
    const out: ParsedEvent[] = []
    for (const line of lines) {
      const found = read(line)
      if (found === undefined) text.add(line, out)
      else {
        text.flush(out)
        if (found === 'header') continue
        text.now(found.timestamp)
        out.push(found)
      }
    }
    return out
  }
  return {
    push: bytes => take(splitter.push(bytes)),
    end: () => {
      const out = take(splitter.end())
      text.flush(out)
      return out
    },
  }
}
