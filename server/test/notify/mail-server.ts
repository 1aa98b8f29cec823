import { once } from 'node:events'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** As it came over the wire. */
  readonly source: string
  readonly parsed: ParsedMail
}

/** A real SMTP server that keeps what it got. */
export class MailServer {
  readonly mails: ReceivedMail[] = []
  /** Set to answer the next recipients with this instead of accepting them. */
  refusal: { readonly code: number; readonly text: string } | undefined
  readonly #server: SMTPServer

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      logger: false,
      closeTimeout: 100,
      onAuth: ({ username, password }, _session, done) =>
        username === 'tocsin' && password === 'p@ss word'
          ? done(null, { user: username })
          : done(new Error(`bad password ${password ?? ''}`)),
      onRcptTo: (_address, _session, done) =>
        this.refusal === undefined ? done() : done(Object.assign(new Error(this.refusal.text), { responseCode: this.refusal.code })),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const source = Buffer.concat(chunks).toString('utf8')
          const { mailFrom, rcptTo } = session.envelope
          void simpleParser(source).then(parsed => {
            this.mails.push({
              from: mailFrom === false ? '' : mailFrom.address,
              to: rcptTo.map(({ address }) => address),
              source,
              parsed,
            })
            done()
          })
        })
      },
    })
    this.#server.on('error', () => undefined)
  }

  static async start(): Promise<MailServer> {
    const server = new MailServer()
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server.server, 'listening')
    return server
  }

  get port(): number {
    const address = this.#server.server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  close(): void {
    this.#server.close()
  }
}
