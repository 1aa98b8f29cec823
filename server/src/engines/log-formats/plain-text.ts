import { lineFormat } from './line-format.ts'

/** What is nothing else: lines, several of which may be one event. Lines of JSON among them are events of their own. */
export const plainText = {
  ...lineFormat('text', 'Lines of text. Those of a stack trace are one event.', () => () => undefined),
  fits: () => true,
}
