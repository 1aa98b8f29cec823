import type { Expression } from '../../../../sql/expression.ts'
import { asText, type Value } from '../../values.ts'

/** The JSON text that a value holds: a map's or list's own, or a text that may be JSON. */
export const jsonText = (value: Value): Expression => (value.type === 'json' ? value.sql : asText(value))
