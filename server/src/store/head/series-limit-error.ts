/** There are as many series as the memory is meant for; the request that would have made more was not kept. */
export class SeriesLimitError extends Error {
  /** To a caller it is the same as any other overload. */
  override readonly name = 'Overloaded'
}
