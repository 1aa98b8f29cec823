const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })
/** What terminals show two columns wide: East Asian Wide and Fullwidth (Unicode's EastAsianWidth), and emoji. */
const WIDE = /^(?:[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{Emoji}\ufe0f)/u
const NONE = /^[\p{Mark}\p{Cf}]+$/u
// oxlint-disable-next-line no-control-regex -- all of ASCII
const ASCII = /^[\u0000-\u007f]*$/

/** How many columns of a terminal a text takes. */
export const columnsOf = (text: string): number => {
  if (ASCII.test(text)) return text.length
  let columns = 0
  for (const { segment } of letters.segment(text)) columns += WIDE.test(segment) ? 2 : NONE.test(segment) ? 0 : 1
  return columns
}
