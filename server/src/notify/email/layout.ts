import { PICTURE_ID, type Picture } from '../channel.ts'
import { escapeHtml } from '../wording/text.ts'

/** What both forms of a mail say: the same facts, as text and as HTML. */
export interface MailBody {
  readonly text: string
  readonly html: string
}

export interface MailLink {
  readonly text: string
  readonly url: string
}

export interface MailContent {
  /** `#rrggbb`: a stripe that says how bad it is. */
  readonly color: string
  readonly title: string | undefined
  readonly paragraphs: readonly string[]
  readonly lines: readonly { readonly label: string; readonly value: string; readonly url?: string | undefined }[]
  /** Lines that are shown as they are. */
  readonly code: readonly string[]
  /** In the HTML form only. */
  readonly picture: Pick<Picture, 'width' | 'alt'> | undefined
  readonly links: readonly MailLink[]
  /** Small print: texts only some want to read. */
  readonly details: readonly string[]
  /** In the text form only: what other programs may look for. */
  readonly appendix: string | undefined
  readonly unsubscribeUrl: string | undefined
}

const FOOTER = 'If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:'

export const layOut = (content: MailContent): MailBody => ({ text: asText(content), html: asHtml(content) })

const asText = ({ title, paragraphs, lines, code, links, details, appendix, unsubscribeUrl }: MailContent): string => {
  const width = Math.max(0, ...lines.map(({ label }) => label.length)) + 2
  const parts = [
    ...(title === undefined ? [] : [title]),
    ...paragraphs,
    ...(lines.length === 0 ? [] : [lines.map(({ label, value }) => `${`${label}:`.padEnd(width)}${value}`).join('\n')]),
    ...(code.length === 0 ? [] : [code.map(line => `  ${line}`).join('\n')]),
    ...(links.length === 0 ? [] : [links.map(({ text, url }) => `${text}: ${url}`).join('\n')]),
    ...details,
    ...(appendix === undefined ? [] : [appendix]),
    ...(unsubscribeUrl === undefined ? [] : [`--\n${FOOTER}\n${unsubscribeUrl}`]),
  ]
  return `${parts.join('\n\n')}\n`
}

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const HEADING = 'font-size:20px;line-height:1.3;margin:0 0 12px;overflow-wrap:anywhere'
const TABLE = '<table role="presentation" cellpadding="0" cellspacing="0" style="border-collapse:collapse;margin:0 0 16px">'
const CODE = 'font:12px/1.5 ui-monospace,Menlo,Consolas,monospace;margin:0 0 16px;white-space:pre-wrap;overflow-wrap:anywhere'
const WRAP = 'white-space:pre-wrap;overflow-wrap:anywhere'

/** Tables and inline styles, because mail programs know little else; no colours but the stripe, so dark mode works. */
const asHtml = ({ color, title, paragraphs, lines, code, picture, links, details, unsubscribeUrl }: MailContent): string => {
  const rows = lines.map(({ label, value, url }) =>
    `<tr><td style="padding:4px 16px 4px 0;vertical-align:top;opacity:.75;white-space:nowrap">${escapeHtml(label)}</td>` +
    `<td style="padding:4px 0;vertical-align:top;font-weight:600;${WRAP}">` +
    `${url === undefined ? escapeHtml(value) : anchor(value, url)}</td></tr>`)
  const anchors = links.map(({ text, url }) => anchor(text, url))
  const parts = [
    ...(title === undefined ? [] : [`<h1 style="${HEADING}">${escapeHtml(title)}</h1>`]),
    ...paragraphs.map(paragraph => `<p style="margin:0 0 16px;${WRAP}">${escapeHtml(paragraph)}</p>`),
    ...(rows.length === 0 ? [] : [`${TABLE}${rows.join('')}</table>`]),
    ...(code.length === 0 ? [] : [`<pre style="${CODE}">${escapeHtml(code.join('\n'))}</pre>`]),
    ...(picture === undefined ? [] : [image(picture)]),
    ...(links.length === 0 ? [] : [`<p style="margin:0 0 16px">${anchors.join(' &nbsp;·&nbsp; ')}</p>`]),
    ...details.map(detail => `<p style="margin:0 0 16px;font-size:13px;opacity:.75;${WRAP}">${escapeHtml(detail)}</p>`),
  ]
  const footer = unsubscribeUrl === undefined
    ? ''
    : `<p style="margin:24px 0 0;font-size:12px;opacity:.6">${FOOTER} ${anchor('Unsubscribe', unsubscribeUrl)}</p>`
  return '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">' +
    `<title>${escapeHtml(title ?? 'Notification')}</title></head>` +
    `<body style="margin:0;padding:16px;font-size:15px;line-height:1.5;${FONT}">` +
    `<div style="max-width:640px;border-left:4px solid ${color};padding:4px 0 4px 16px">${parts.join('')}${footer}</div></body></html>`
}

const image = ({ width, alt }: Pick<Picture, 'width' | 'alt'>): string =>
  `<p style="margin:0 0 16px"><img src="cid:${PICTURE_ID}" width="${width}" alt="${escapeHtml(alt)}" ` +
  'style="display:block;max-width:100%;height:auto;border-radius:4px"></p>'

const anchor = (text: string, url: string): string => `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`
