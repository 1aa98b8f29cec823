import { isWhole, type StreamedReply } from '../wire/protocol.ts'
import type { AwsDoor } from './aws/aws-door.ts'
import type { ReceivedRequest } from './aws/received-request.ts'
import { isReading, type HouseDoor } from './house-door.ts'
import { pageForPeople } from './http/confirmation-page.ts'
import type { ConsoleFiles } from './http/console-files.ts'
import { refusal } from './operator/json-reply.ts'

interface Parts {
  readonly doors: readonly HouseDoor[]
  readonly console: ConsoleFiles
  readonly aws: AwsDoor
}

/** Which door a request is for. What is not ours by its path is AWS's; what is not AWS's either is nowhere. */
export const router = ({ doors, console, aws }: Parts) => async (request: ReceivedRequest): Promise<StreamedReply> => {
  for (const door of doors) {
    const answer = door.answer(request)
    if (answer !== undefined) return answer
  }
  const reading = isReading(request)
  if (reading && request.query === '') {
    const file = console.answer(request.path, request.headers)
    if (file !== undefined) return file
  }
  const answer = await aws.answer(request)
  if (answer === undefined) return refusal(404, request.path === '/' && reading ? 'The console is not built: run npm run prepare.' : `There is nothing at ${request.path}.`)
  const action = followedLink(request)
  return action === undefined || !isWhole(answer) ? answer : pageForPeople(answer, action)
}

/** A browser that follows a link out of a mail. */
const followedLink = ({ method, headers, query }: ReceivedRequest): 'ConfirmSubscription' | 'Unsubscribe' | undefined => {
  if (method !== 'GET' || headers['accept']?.includes('text/html') !== true) return undefined
  const action = new URLSearchParams(query).get('Action')
  return action === 'ConfirmSubscription' || action === 'Unsubscribe' ? action : undefined
}
