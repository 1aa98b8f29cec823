export const ARITHMETIC = ['+', '-', '*', '/', '%', '^', 'atan2'] as const
export const COMPARISONS = ['==', '!=', '>', '<', '>=', '<='] as const
export const SETS = ['and', 'or', 'unless'] as const

export type ArithmeticSymbol = (typeof ARITHMETIC)[number]
export type Comparison = (typeof COMPARISONS)[number]
export type SetSymbol = (typeof SETS)[number]
export type BinarySymbol = ArithmeticSymbol | Comparison | SetSymbol

const among = <Text extends string>(texts: readonly Text[]) => (text: string): text is Text => (texts as readonly string[]).includes(text)

export const isArithmetic = among(ARITHMETIC)
export const isComparison = among(COMPARISONS)
export const isSet = among(SETS)

export const compute = (symbol: ArithmeticSymbol, a: number, b: number): number => {
  switch (symbol) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
    case '^':
      return power(a, b)
    case 'atan2':
      return Math.atan2(a, b)
  }
}

export const compare = (symbol: Comparison, a: number, b: number): boolean => {
  switch (symbol) {
    case '==':
      return a === b
    case '!=':
      return a !== b
    case '>':
      return a > b
    case '<':
      return a < b
    case '>=':
      return a >= b
    case '<=':
      return a <= b
  }
}

/** As C and Go have it; JavaScript makes NaN of the first two. */
const power = (a: number, b: number): number => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b)
