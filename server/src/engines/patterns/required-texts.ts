/** An AND of ORs: each list has a text that every match contains. */
export type RequiredTexts = readonly (readonly string[])[]

/** Beyond so many pairs an OR keeps one list of each side. */
const PAIRS = 16

export const requiredOfAll = (operands: readonly RequiredTexts[]): RequiredTexts => distinct(operands.flat())

/** An OR needs what one of its sides needs: every pair of lists, joined. */
export const requiredOfAny = (operands: readonly RequiredTexts[]): RequiredTexts =>
  operands.reduce((left, right) => {
    if (left.length * right.length > PAIRS) return [join(best(left), best(right))]
    return distinct(left.flatMap(one => right.map(other => join(one, other))))
  })

const join = (one: readonly string[], other: readonly string[]): readonly string[] => [...new Set([...one, ...other])]

/** The list that leaves fewest messages, by the look of it: the one whose shortest text is longest. */
const best = (texts: RequiredTexts): readonly string[] =>
  texts.reduce((one, other) => (shortest(other) > shortest(one) ? other : one))

const shortest = (texts: readonly string[]): number => Math.min(...texts.map(({ length }) => length))

const distinct = (texts: RequiredTexts): RequiredTexts => [...new Map(texts.map(list => [list.join('\n'), list])).values()]
