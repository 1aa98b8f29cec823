/** What is left of a division, never negative: times lie on both sides of where buckets and clocks count from. */
export const remainder = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor
