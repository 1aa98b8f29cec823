/** First characters of lines that have fields without having JSON in them: Lambda's, VPC flow logs, Route 53 query logs. */
const FIRST = new Set(Buffer.from('SER21'))
const OPEN_BRACE = 123

/** False when {@link discoveredFields} finds nothing in the message, whose UTF-8 lies between two places. It looks no further than it must. */
export const mayHaveFields = (bytes: Buffer, start: number, end: number): boolean => FIRST.has(bytes[start] ?? 0) || bytes.subarray(start, end).includes(OPEN_BRACE)
