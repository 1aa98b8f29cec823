import { CommandError, Refused } from './command-error.ts'
import type { Server } from './server.ts'

/** Pages of fifty; whoever has more groups is told less. */
const MOST_PAGES = 40
const MOST_HINTS = 3

/** Runs what reads log groups; where one is missing, the refusal says which, and which names come near. */
export const withNearGroups = async <Result>(server: Pick<Server, 'logs'>, groups: readonly string[], run: () => Promise<Result>): Promise<Result> => {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'ResourceNotFoundException') throw error
    // Whoever may not list groups still gets the refusal itself.
    const names = await namesOf(server).catch(() => undefined)
    const hints = names === undefined ? [] : groups.filter(group => !group.startsWith('arn:') && !names.includes(group)).map(group => hint(group, names))
    throw new CommandError([error.message, ...hints].join('\n'), { cause: error })
  }
}

const namesOf = async (server: Pick<Server, 'logs'>): Promise<readonly string[]> => {
  const names: string[] = []
  let nextToken: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await server.logs<{ readonly logGroups?: readonly { readonly logGroupName: string }[]; readonly nextToken?: string }>('DescribeLogGroups', { nextToken })
    names.push(...(answer.logGroups ?? []).map(({ logGroupName }) => logGroupName))
    nextToken = answer.nextToken
    if (nextToken === undefined) break
  }
  return names
}

const hint = (group: string, names: readonly string[]): string => {
  const near = names.map(name => ({ name, away: name.includes(group) ? 1 : edits(group, name) })).filter(({ away }) => away <= Math.max(2, group.length / 4))
  const found = near.sort((one, other) => one.away - other.away).slice(0, MOST_HINTS).map(({ name }) => name)
  return `There is no ${group}${found.length === 0 ? '' : `; did you mean ${found.join(' or ')}?`}`
}

/** How many letters one has to add, take away or exchange to make the other of one text. */
const edits = (one: string, other: string): number => {
  let before = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row++) {
    const here = [row]
    for (let column = 1; column <= other.length; column++) {
      here.push(Math.min(here[column - 1]! + 1, before[column]! + 1, before[column - 1]! + (other[column - 1] === one[row - 1] ? 0 : 1)))
    }
    before = here
  }
  return before.at(-1)!
}
