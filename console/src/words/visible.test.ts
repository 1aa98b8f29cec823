import { expect, test } from 'vitest'
import { visible } from './visible.ts'

test.each([
  ['a\tb\r\nc', 'a\tb\r\nc'], ['\u001b[31mred\u0000', '␛[31mred␀'], ['\u007f\u0085', '␡⟨U+0085⟩'], ['user \u202egpj.exe', 'user ⟨U+202E⟩gpj.exe'], ['Größe 🎉 日本', 'Größe 🎉 日本'],
])('%j is shown as %j', (text, shown) => {
  expect(visible(text)).toBe(shown)
})
