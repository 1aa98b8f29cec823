import { createTransport } from 'nodemailer'
import type { Clock } from '../../base/clock.ts'
import { PICTURE_ID, type Mail, type Mailer, type MailResult } from '../channel.ts'
import { concealed, endpointSecrets } from '../secrets.ts'
import { STEP_TIMEOUT, TIMEOUT } from './settings.ts'

/** Conversations at once; relays refuse many from one client. */
const MAX_CONNECTIONS = 8

/**
 * Mails through the server that `TOCSIN_SMTP_URL` names: `smtp://` (STARTTLS where offered) or `smtps://`, credentials in
 * the URL, the sender's address as `?from=` (default `no-reply@<the public URL's host>`), further query parameters as
 * nodemailer knows them. The operator names this host, so no address is refused. Throws a RangeError for an unreadable URL.
 */
export class SmtpMailer implements Mailer {
  readonly #transport: ReturnType<typeof createTransport>
  readonly #clock: Clock
  readonly #from: string
  readonly #secrets: readonly string[]

  constructor(smtpUrl: string, publicUrl: string, clock: Clock) {
    const url = URL.parse(smtpUrl)
    if (url === null || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '') {
      throw new RangeError('TOCSIN_SMTP_URL is not of the form smtp://user:password@host:587?from=address or smtps://…')
    }
    this.#clock = clock
    this.#from = url.searchParams.get('from') ?? `no-reply@${URL.parse(publicUrl)?.hostname ?? 'localhost'}`
    if (!/^[^\s@<>]+@[^\s@<>]+$/.test(this.#from)) throw new RangeError('the from address in TOCSIN_SMTP_URL is not a mail address')
    this.#secrets = endpointSecrets(smtpUrl)
    url.searchParams.delete('from')
    // The pool is chosen by the URL's `pool`; timeouts are set here so that nothing hangs for nodemailer's ten minutes.
    for (const [name, value] of Object.entries(DEFAULTS)) if (!url.searchParams.has(name)) url.searchParams.set(name, value)
    this.#transport = createTransport(url.href)
  }

  async send(mail: Mail): Promise<MailResult> {
    const limit = Promise.withResolvers<MailResult>()
    const timer = this.#clock.after(TIMEOUT, () => limit.resolve(refused(undefined, false, 'the mail server did not answer in time')))
    try {
      return await Promise.race([this.#hand(mail), limit.promise])
    } finally {
      timer.cancel()
    }
  }

  close(): void {
    this.#transport.close()
  }

  async #hand(mail: Mail): Promise<MailResult> {
    const domain = this.#from.slice(this.#from.lastIndexOf('@') + 1)
    const opening = `<${mail.follows ?? ''}@${domain}>`
    const follows = mail.follows === undefined ? {} : { inReplyTo: opening, references: opening }
    const unsubscribe = mail.unsubscribeUrl === undefined ? {} : {
      'List-Unsubscribe': `<${mail.unsubscribeUrl}>`,
      // RFC 8058 wants https.
      ...(mail.unsubscribeUrl.startsWith('https:') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
    }
    try {
      const sent = await this.#transport.sendMail({
        from: { name: mail.fromName, address: this.#from },
        to: { name: '', address: mail.to },
        subject: mail.subject,
        text: mail.text,
        ...(mail.html === undefined ? {} : { html: mail.html }),
        ...(mail.picture === undefined ? {} : { attachments: [attached(mail.picture)] }),
        messageId: `<${mail.id}@${domain}>`,
        ...follows,
        date: new Date(this.#clock.now()),
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', ...unsubscribe },
        disableFileAccess: true,
        disableUrlAccess: true,
      })
      return { kind: 'accepted', status: Number(/^\d{3}/.exec(sent.response)?.[0] ?? 250), text: concealed(sent.response, this.#secrets) }
    } catch (error) {
      return this.#failure(error)
    }
  }

  /** 4yz: later. 5yz: never, unless it is our own credentials that are wrong, which the operator can put right. */
  #failure(error: unknown): MailResult {
    const { code, responseCode, response } = smtpError(error)
    const permanent = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH' && responseCode !== 530
    const text = response ?? (error instanceof Error ? error.message : 'unknown error')
    const said = code === undefined || response !== undefined ? text : `${text} (${code})`
    return refused(responseCode, permanent, concealed(said, this.#secrets))
  }
}

const attached = (picture: Uint8Array) =>
  ({ filename: 'alarm.png', contentType: 'image/png', contentDisposition: 'inline', cid: PICTURE_ID, content: Buffer.from(picture) }) as const

const DEFAULTS: Readonly<Record<string, string>> = {
  pool: 'true',
  maxConnections: String(MAX_CONNECTIONS),
  connectionTimeout: String(STEP_TIMEOUT),
  greetingTimeout: String(STEP_TIMEOUT),
  socketTimeout: String(STEP_TIMEOUT),
  dnsTimeout: String(STEP_TIMEOUT),
  maxRequeues: '1',
}

const refused = (status: number | undefined, permanent: boolean, text: string): MailResult => ({ kind: 'refused', status, permanent, text })

/** The members that nodemailer adds to its errors. */
const smtpError = (error: unknown): { readonly code?: string; readonly responseCode?: number; readonly response?: string } => {
  if (!(error instanceof Error)) return {}
  const { code, responseCode, response } = error as Error & Readonly<Record<string, unknown>>
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof responseCode === 'number' ? { responseCode } : {}),
    ...(typeof response === 'string' ? { response } : {}),
  }
}
