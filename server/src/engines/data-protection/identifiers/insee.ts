/** The two last digits are 97 less the remainder of the others; Corsica's departments 2A and 2B count as 19 and 18. */
export const isInsee = (text: string): boolean => {
  const number = text.slice(0, 13).replace('2A', '19').replace('2B', '18')
  return text.length === 15 && /^\d{13}$/.test(number) && 97 - (Number(number) % 97) === Number(text.slice(13)) && /^\d{3}(?:0[1-9]|1[0-2]|[2-9]\d)/.test(number)
}
