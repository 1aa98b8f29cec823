import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { readXml } from './xml-read.ts'

test('elements, text, references and character data', () => {
  const text = '\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<!-- a --><s:a xmlns:s="x" b=\'c\'> <b>1 &lt;&#65;&#x1F600;<![CDATA[<&>]]></b><c/><!-- d --></s:a>\n'
  expect(readXml(text)).toEqual({
    name: 'a',
    text: ' ',
    children: [{ name: 'b', text: '1 <A😀<&>', children: [] }, { name: 'c', text: '', children: [] }],
  })
})

test.each([
  '', ' ', 'x', '<a>', '<a></b>', '<a/><b/>', '<a/>x', '<a b></a>', '<a b=c/>', '<a', '<a>&x;</a>', '<a>&</a>', '<a>&#0;</a>', '<a>&#xD800;</a>', '<a>&#1114112;</a>',
  '<a>\u0001</a>', '<!DOCTYPE a><a/>', '<a><?x?></a>', '<a><![CDATA[</a>', '<!-- <a/>', '<1/>', '<a x="<"/>', '<a:b></b>', '</a>', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`,
])('%s is no document here', text => {
  expect(readXml(text)).toBeUndefined()
})

test('what it takes, a strict parser takes, and sees the same texts in', () => {
  const part = fc.constantFrom('<a>', '</a>', '<b/>', '<c x="1">', '</c>', 'text', '&amp;', '&lt;', '&#65;', '&', '<', '>', '"', '<!--', '-->', '<![CDATA[', ']]>', ' ', '\n', 'é', '/', '=', "<d y='2'/>")
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), parts => {
      const text = `<r>${parts.join('')}</r>`
      const found = readXml(text)
      // Character data may not hold this by the letter, and a comment no two dashes; neither does harm.
      if (found === undefined || /]]>|--/.test(text)) return
      let strict = ''
      const parser = new SaxesParser()
      parser.on('error', error => {
        throw error
      })
      parser.on('text', piece => (strict += piece))
      parser.on('cdata', piece => (strict += piece))
      parser.write(text).close()
      const all = (element: NonNullable<typeof found>): number => element.text.length + element.children.reduce((sum, child) => sum + all(child), 0)
      expect(all(found)).toBe(strict.length)
    }),
  )
})
