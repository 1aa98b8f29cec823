/** Controls but tabs and ends of lines, and the marks that turn the direction of what follows: whoever writes a log could make it read otherwise. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const PICTURES = 0x2400
const DELETE = 0x7f

/** A text with what cannot be seen in it shown as a sign: `␛[31m`. */
export const visible = (text: string): string => text.replaceAll(HIDDEN, sign => {
  const code = sign.charCodeAt(0)
  return code < 0x20 ? String.fromCharCode(PICTURES + code) : code === DELETE ? '␡' : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
})
