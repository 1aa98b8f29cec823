import type { TransformOf } from '../../model/log.ts'
import type { LogBatch } from './log-block.ts'
import type { LogDirectory } from './log-directory.ts'

/** What a transformer makes of the messages of a batch; undefined: they have none. */
export type TransformBatch = (batch: Pick<LogBatch, 'group' | 'stream'>) => ((message: string) => string | undefined) | undefined

/** Stands in the column `transformed` where a transformer could not read the message; '' stands where there was none. */
export const NOT_TRANSFORMED = ' '

export const transformBatch = (directory: Pick<LogDirectory, 'byId'>, transformOf: TransformOf): TransformBatch => ({ group, stream }) => {
  const found = directory.byId(group)
  return found?.class === 'STANDARD' ? transformOf(found, stream) : undefined
}
