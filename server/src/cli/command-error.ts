/** What keeps a command from being carried out, in words for the one who gave it. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
