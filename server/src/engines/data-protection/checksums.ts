/** https://en.wikipedia.org/wiki/Luhn_algorithm */
export const luhn = (digits: string): boolean => {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 48
    const twice = digit * 2
    sum += at % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice
  }
  return sum % 10 === 0
}

/** Sum of each digit times its weight. */
export const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * (digits.charCodeAt(at) - 48), 0)

/** The remainder of a number of any length; letters count 10 to 35, as in IBANs. */
export const remainder = (text: string, divisor: number): number => {
  let rest = 0
  for (let at = 0; at < text.length; at++) {
    const value = letterValue(text.charCodeAt(at))
    rest = (rest * (value > 9 ? 100 : 10) + value) % divisor
  }
  return rest
}

/** 0–9 and A–Z as 0 to 35. */
export const letterValue = (code: number): number => (code <= 57 ? code - 48 : code - 55)

/** ISO 7064 mod 11,10: the last digit checks those before it. */
export const mod11And10 = (digits: string): boolean => {
  let product = 10
  for (let at = 0; at < digits.length - 1; at++) {
    const sum = (digits.charCodeAt(at) - 48 + product) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (11 - product) % 10 === digits.charCodeAt(digits.length - 1) - 48
}

/** Not the same character all over. */
export const varies = (text: string): boolean => Array.from(text).some(char => char !== text[0])
