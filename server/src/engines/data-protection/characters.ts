export const isDigit = (code: number): boolean => code >= 48 && code <= 57
export const isUpper = (code: number): boolean => code >= 65 && code <= 90
export const isLower = (code: number): boolean => code >= 97 && code <= 122
export const isAsciiLetter = (code: number): boolean => isUpper(code) || isLower(code)

/** Letters and digits that make words with those beside them; the scripts of East Asia stand side by side with numbers. */
export const isWord = (code: number): boolean => isDigit(code) || isAsciiLetter(code) || (code >= 0xc0 && code < 0x2e80 && (code < 0x2000 || code > 0x206f))
