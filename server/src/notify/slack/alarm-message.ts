import type { AlarmFacts, Publication } from '../../model/notification.ts'
import type { Picture } from '../channel.ts'
import { alarmCard } from '../wording/alarm-card.ts'
import { buttons, code, context, fields, header, image, labelled, section, type SlackMessage } from './blocks.ts'
import { MAX_TEXT } from './limits.ts'
import { escapeWithin } from './mrkdwn.ts'

/** What broke, how badly, since when, what to do: in the order in which it is read at 3 a.m. */
export const alarmMessage = (
  alarm: AlarmFacts, publication: Publication, publicUrl: string, picture: Picture | undefined,
): SlackMessage => {
  const card = alarmCard(alarm, publication, publicUrl)
  const { description, action, runbook, runbookUrl } = card
  return {
    text: escapeWithin(card.summary, MAX_TEXT),
    blocks: [header(card.title)],
    attachments: [{
      color: card.badge.color,
      blocks: [
        ...(description === undefined ? [] : [section(escapeWithin(description, 1_500))]),
        fields(card.facts),
        ...(picture?.url === undefined ? [] : [image(picture.url, picture.alt)]),
        ...(card.logLines.length === 0 ? [] : [code('Log lines', card.logLines)]),
        ...(action === undefined ? [] : [labelled('Action', action, 1_000)]),
        // A runbook that is no address is a name to look up.
        ...(runbook === undefined || runbookUrl !== undefined ? [] : [labelled('Runbook', runbook, 500)]),
        ...buttons([
          { text: 'Open alarm', url: card.page, id: 'alarm' },
          { text: 'Open logs', url: card.logsPage, id: 'logs' },
          { text: 'Runbook', url: runbookUrl, id: 'runbook' },
        ]),
        ...(card.reason === '' ? [] : [context(escapeWithin(card.reason, 1_500))]),
      ],
    }],
    unfurl_links: false,
  }
}
