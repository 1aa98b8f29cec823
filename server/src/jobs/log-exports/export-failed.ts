/** An export cannot be done; the message is for whoever asked for it. */
export class ExportFailed extends Error {
  override readonly name = 'ExportFailed'
}
