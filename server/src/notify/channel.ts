import type { Clock } from '../base/clock.ts'
import type { OutgoingHttp } from '../base/outgoing.ts'
import type { Tenant } from '../base/tenancy.ts'
import type { AlarmFacts, Delivery, DeliveryOutcome, DeliveryTarget, RetryClass } from '../model/notification.ts'

/** What every channel may use. */
export interface DeliveryContext {
  readonly clock: Clock
  readonly http: OutgoingHttp
  readonly mail: Mailer
  readonly signer: MessageSigner
  readonly pictures: Pictures
  /** How links in messages reach this server, e.g. `https://tocsin.example.org/`. */
  readonly publicUrl: string
}

/**
 * One kind of receiver. `deliver` makes one attempt and tells what came of it; it never throws for anything that the
 * receiver, the network or the message's content does, and its outcome never holds a secret.
 */
export interface Channel {
  /** The folder's name. */
  readonly name: string
  readonly retryClass: RetryClass
  /** True when deliveries to this target are this channel's; the registry asks in its order. */
  claims(target: DeliveryTarget): boolean
  deliver(delivery: Delivery, context: DeliveryContext): Promise<DeliveryOutcome>
}

/** SNS's signature, and where its certificate can be fetched. */
export interface MessageSigner {
  readonly certificateUrl: string
  /** Base64; version 1 is SHA1withRSA, version 2 SHA256withRSA. */
  sign(text: string, version: '1' | '2'): Promise<string>
}

/** A chart of what an alarm watches, up to its change. */
export interface Picture {
  readonly png: Uint8Array
  /** As it is to be shown; it may have twice the pixels. */
  readonly width: number
  readonly alt: string
  /** Where receivers anywhere can load it for a while, unguessable; undefined where they could not reach this server. */
  readonly url: string | undefined
}

/** Pictures are best effort: drawing one takes at most a moment and never fails a message. */
export interface Pictures {
  /** Whether pictures have an address: receivers who must load them need not ask otherwise. */
  readonly linked: boolean
  /** Undefined where there is nothing to draw, or no time for it. The same picture for the same change. Never rejects. */
  ofAlarm(tenant: Tenant, alarm: AlarmFacts): Promise<Picture | undefined>
}

export interface Mail {
  readonly to: string
  /** Display name of the sender. */
  readonly fromName: string
  readonly subject: string
  readonly text: string
  readonly html: string | undefined
  /** PNG that the HTML shows as `cid:` {@link PICTURE_ID}. */
  readonly picture: Uint8Array | undefined
  /** Without angle brackets and domain; the mailer adds both, the same for equal ids. */
  readonly id: string
  /** Id of the mail that this one follows. */
  readonly follows: string | undefined
  readonly unsubscribeUrl: string | undefined
}

export type MailResult =
  | { readonly kind: 'accepted'; readonly status: number; readonly text: string }
  | { readonly kind: 'refused'; readonly status: number | undefined; readonly permanent: boolean; readonly text: string }

/** Content id of a mail's picture. */
export const PICTURE_ID = 'alarm-picture@tocsin'

/** Hands one mail to a mail server. Never throws for what the server says. */
export interface Mailer {
  send(mail: Mail): Promise<MailResult>
}
