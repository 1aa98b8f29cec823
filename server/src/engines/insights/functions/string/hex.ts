import { boundText, call, choose, constant, NULL } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asNumber, asText, numberValue, stringValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const hexToAscii: InsightsFunction = {
  name: 'hexToAscii',
  parameters: [{ name: 'hex', takes: 'string' }],
  text: 'The text whose bytes are written in hexadecimal; none if they are not.',
  examples: [
    { expression: 'hexToAscii("48656c6C6f")', result: 'Hello' },
    { expression: 'hexToAscii("0x4869")', result: 'Hi' },
    { expression: 'hexToAscii("4")', result: null },
  ],
  bind: ([hex]) =>
    stringValue(once(call('replaceRegexpOne', asText(hex!), boundText('^0[xX]'), constant('')), digits =>
      choose([[call('match', digits, boundText('^([0-9A-Fa-f]{2})*$')), call('toValidUTF8', call('unhex', digits))]], NULL))),
}

export const hexToDec: InsightsFunction = {
  name: 'hexToDec',
  parameters: [{ name: 'hex', takes: 'string' }],
  text: 'The number that is written in hexadecimal, of at most 16 digits.',
  examples: [
    { expression: 'hexToDec("ff")', result: '255' },
    { expression: 'hexToDec("0xFF")', result: '255' },
    { expression: 'hexToDec("fg")', result: null },
  ],
  bind: ([hex]) =>
    numberValue(once(call('replaceRegexpOne', asText(hex!), boundText('^0[xX]'), constant('')), digits => {
      const bytes = call('unhex', call('leftPad', digits, constant(16), constant('0')))
      const number = call('toFloat64', call('reinterpretAsUInt64', call('reverse', bytes)))
      return choose([[call('match', digits, boundText('^[0-9A-Fa-f]{1,16}$')), number]], NULL)
    })),
}

export const decToHex: InsightsFunction = {
  name: 'decToHex',
  parameters: [{ name: 'number', takes: 'number' }],
  text: 'The number in hexadecimal, in lower case, after `0x`, without what stands behind its point; none of a number that does not fit into 64 bits.',
  examples: [
    { expression: 'decToHex(255)', result: '0xff' },
    { expression: 'decToHex(0)', result: '0x0' },
    { expression: 'decToHex(-255)', result: '-0xff' },
    { expression: 'decToHex(16.9)', result: '0x10' },
    { expression: 'decToHex("x")', result: null },
  ],
  bind: ([number]) =>
    stringValue(once(call('accurateCastOrNull', call('trunc', asNumber(number!)), constant('Int64')), it => {
      const digits = call('replaceRegexpOne', call('lower', call('hex', call('abs', it))), boundText('^0+(.)'), boundText('\\1'))
      return call('concat', choose([[call('less', it, constant(0)), constant('-0x')]], constant('0x')), digits)
    })),
}
