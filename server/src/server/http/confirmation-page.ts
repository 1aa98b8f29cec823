import type { WireReply } from '../../wire/protocol.ts'

/**
 * The links in mails are AWS query calls that answer XML. A person who follows one in a browser gets the same answer as
 * a page; SDKs and webhooks, which do not ask for HTML, get the XML.
 */
export const pageForPeople = (reply: WireReply, action: 'ConfirmSubscription' | 'Unsubscribe'): WireReply => {
  const xml = typeof reply.body === 'string' ? reply.body : Buffer.from(reply.body).toString('utf8')
  // Escaped as XML wants it, and so as HTML does.
  const text = (tag: string): string | undefined => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1]
  const [title, detail] =
    reply.status !== 200
      ? ['That did not work', text('Message') ?? 'The link is not valid any more.']
      : action === 'ConfirmSubscription'
        ? ['Subscription confirmed', `Your subscription's id is ${text('SubscriptionArn') ?? ''}`]
        : ['Subscription removed', 'Nothing more will be sent to this address.']
  return {
    status: reply.status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'", 'x-content-type-options': 'nosniff' },
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:15vh auto;padding:0 1rem;overflow-wrap:anywhere}</style>
<h1>${title}</h1><p>${detail}</p></html>`,
  }
}
