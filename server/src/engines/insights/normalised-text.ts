import { boundText, call, constant, type Expression } from '../../sql/expression.ts'
import { NORMALISATIONS } from '../log-patterns/normalise.ts'

/** So many bytes at the beginning of a text tell which pattern it is of. */
const LENGTH = 1000

/** The beginning of a text, by which it is compared. */
export const beginningOf = (text: Expression): Expression => call('substring', text, constant(1), constant(LENGTH))

/** What `normalise` of engines/log-patterns makes of a text, made by the engine. */
export const normalisedText = (text: Expression): Expression =>
  NORMALISATIONS.reduce((inner, { pattern, mark }) => call('replaceRegexpAll', inner, boundText(pattern), boundText(mark)), text)
