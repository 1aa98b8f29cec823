import { comparesNumber, comparesText, numberIn, type Comparison } from './comparison.ts'
import { requiredOfAll, requiredOfAny, type RequiredTexts } from './required-texts.ts'

/** One place of a space-delimited pattern, or `...`, which stands for any number of fields, also none. */
export type Slot = FieldSlot | 'ellipsis'

export interface FieldSlot {
  /** Undefined: a blank place. */
  readonly name: string | undefined
  readonly condition: SlotNode | undefined
}

export type SlotNode = Comparison | { readonly kind: 'and' | 'or'; readonly operands: readonly SlotNode[] }

/** Whether a field's text meets the condition. A text that is a number compares with numbers by its value. */
export const fits = (node: SlotNode, text: string): boolean => {
  switch (node.kind) {
    case 'and':
      return node.operands.every(operand => fits(operand, text))
    case 'or':
      return node.operands.some(operand => fits(operand, text))
    case 'number': {
      const number = numberIn(text)
      return number === undefined ? comparesText(node, text) : comparesNumber(node, number)
    }
    case 'text':
    case 'regex':
      return comparesText(node, text)
  }
}

/** A field is a piece of the message, so what it must contain, the message must contain. */
export const requiredOfSlot = (node: SlotNode): RequiredTexts => {
  switch (node.kind) {
    case 'and':
      return requiredOfAll(node.operands.map(requiredOfSlot))
    case 'or':
      return requiredOfAny(node.operands.map(requiredOfSlot))
    case 'number':
      return []
    case 'text':
      return node.negated ? [] : node.wildcard.parts.filter(part => part !== '').map(part => [part])
    case 'regex':
      return node.negated || node.regex.literals.length === 0 ? [] : [node.regex.literals]
  }
}
