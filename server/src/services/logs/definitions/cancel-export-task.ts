import type { CancelExportTaskCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { logGroupArn } from '../../../base/arn.ts'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { invalidOperation, notFound } from '../faults.ts'
import { check } from '../limits.ts'
import type { LogExportPorts } from './ports.ts'

const INPUT = structure({ taskId: text({ min: 1, max: 512 }) }, ['taskId'])

export const cancelExportTask = ({ tasks }: Pick<LogExportPorts, 'tasks'>) =>
  operation<CancelExportTaskCommandInput, undefined>({
    name: 'CancelExportTask',
    kind: 'write',
    access: 'signed',
    resources: (_, tenant) => [`${logGroupArn(tenant, '')}:log-stream:`],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const task = await tasks.get(tenant, input.taskId!)
      if (task === undefined) throw notFound('The specified export task does not exist.')
      const cancelled = (await tasks.move(task.id, ['PENDING'], 'CANCELLED', undefined, now)) || (await tasks.move(task.id, ['RUNNING'], 'PENDING_CANCEL'))
      if (!cancelled) throw invalidOperation('The specified export task has already finished')
      return undefined
    },
  })
