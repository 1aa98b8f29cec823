/** `2023-11-14T22:13:20Z` or with `.123` before the zone, as the SDKs write it → milliseconds; undefined for any other form. */
export const readIsoTime = (text: Buffer, length: number): number | undefined => {
  if (length !== 20 && length !== 24) return undefined
  if (text[4] !== DASH || text[7] !== DASH || text[10] !== 0x54 || text[13] !== COLON || text[16] !== COLON) return undefined
  if (text[length - 1] !== 0x5a || (length === 24 && text[19] !== 0x2e)) return undefined
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 2)
  const day = digits(text, 8, 2)
  const hour = digits(text, 11, 2)
  const minute = digits(text, 14, 2)
  const second = digits(text, 17, 2)
  const fraction = length === 24 ? digits(text, 20, 3) : 0
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 28 + LONGER[month - 1]! || hour < 0 || hour > 23) return undefined
  if (minute < 0 || minute > 59 || second < 0 || second > 59 || fraction < 0) return undefined
  if (month === 2 && day === 29 && !isLeap(year)) return undefined
  return Date.UTC(year, month - 1, day, hour, minute, second, Math.floor((fraction / 1000) * 1000))
}

const DASH = 0x2d
const COLON = 0x3a
/** Days of each month beyond 28; February in leap years. */
const LONGER = [3, 1, 3, 2, 3, 2, 3, 3, 2, 3, 2, 3]
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

const digits = (text: Buffer, at: number, count: number): number => {
  let value = 0
  for (let i = at; i < at + count; i++) {
    const digit = text[i]! - 0x30
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}
