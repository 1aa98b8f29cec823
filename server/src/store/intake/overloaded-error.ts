/** More is coming in than the store takes; nothing of the request was kept. The caller should come again later. */
export class OverloadedError extends Error {
  override readonly name = 'Overloaded'
}
