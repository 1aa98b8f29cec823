import { createHash } from 'node:crypto'

/** Limits of CloudWatch Logs (API 2014-03-28). */
const LONGEST_NAME = 512

/**
 * The group of objects that no rule speaks of: the bucket, and the folders that their key begins with up to the first that is a date,
 * a number or a partition (`dt=…`). `AWSLogs/111111111111/…` is `/s3/bucket/AWSLogs`.
 */
export const defaultLogGroup = (bucket: string, key: string): string => {
  const folders = key.split('/').slice(0, -1)
  const numbered = folders.findIndex(folder => /^\d|=/.test(folder))
  const kept = (numbered < 0 ? folders : folders.slice(0, numbered)).filter(folder => folder !== '').slice(0, MOST_FOLDERS)
  return groupName(['', 's3', bucket, ...kept].join('/'))
}

const MOST_FOLDERS = 3

/** What else a group's name may not hold becomes `_`. */
export const groupName = (text: string): string => text.replaceAll(/[^.\-_/#A-Za-z0-9]/g, '_').slice(0, LONGEST_NAME)

/** A stream for each key. Of a key that is too long, the end and a digest of all of it. */
export const streamName = (key: string): string => {
  const name = key.replaceAll(/[:*]/g, '_')
  if (name === '') return '_'
  if (name.length <= LONGEST_NAME) return name
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 16)
  return `${digest}…${name.slice(digest.length + 1 - LONGEST_NAME).toWellFormed()}`
}
