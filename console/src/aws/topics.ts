import type { Connection } from './connection.ts'

const MOST_PAGES = 20

/** ARNs of all topics. */
export const readTopics = async (connection: Connection, signal: AbortSignal): Promise<readonly string[]> => {
  const topics: string[] = []
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await connection.sns('ListTopics', token === undefined ? {} : { NextToken: token }, signal)
    topics.push(...answer.texts('TopicArn'))
    token = answer.texts('NextToken')[0]
    if (token === undefined) break
  }
  return topics
}
