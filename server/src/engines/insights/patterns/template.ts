/**
 * What varies in lines: runs of characters that hold a digit. As a regular expression of both the engine's and JavaScript's
 * dialect, so that the values a line has at the marks of its template can be found again.
 */
export const VARYING = '[^\\s"\'(){}\\[\\]<>,;=|:]*[0-9][^\\s"\'(){}\\[\\]<>,;=|]*'

/** Stands in templates for what varies; in no text that people write. */
export const MARK = '\u0001'

export interface Template {
  readonly text: string
  /** A line of it. */
  readonly sample: string
  readonly count: number
  /** Of lines in the range that `diff` compares with. */
  readonly earlier: number
  /** Of lines in the last tenth of the range. */
  readonly recent: number
}

/** A word, what separates words, or a mark with a value that a line has there. */
export interface TemplateToken {
  readonly text: string
  readonly kind: 'word' | 'between' | 'mark'
}

const PARTS = new RegExp(`${MARK}|[A-Za-z_]+|[^A-Za-z_${MARK}]+`, 'g')

export const tokensOf = ({ text, sample }: Template): readonly TemplateToken[] => {
  const values = sample.match(new RegExp(VARYING, 'g')) ?? []
  let next = 0
  return (text.match(PARTS) ?? []).map((part): TemplateToken => {
    if (part === MARK) return { text: values[next++] ?? '', kind: 'mark' }
    return { text: part, kind: /^[A-Za-z_]/.test(part) ? 'word' : 'between' }
  })
}
