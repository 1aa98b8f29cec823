import type { DescribeExportTasksCommandInput, DescribeExportTasksResponse, ExportTask } from '@aws-sdk/client-cloudwatch-logs'
import { logGroupArn } from '../../../base/arn.ts'
import type { LogExport } from '../../../model/log-export.ts'
import { integer, oneOf, structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check, NEXT_TOKEN } from '../limits.ts'
import { pageByName } from '../name-page.ts'
import type { LogExportPorts } from './ports.ts'

const MAX_TASKS = 50
const INPUT = structure({
  taskId: text({ min: 1, max: 512 }),
  statusCode: oneOf(['CANCELLED', 'COMPLETED', 'FAILED', 'PENDING', 'PENDING_CANCEL', 'RUNNING']),
  nextToken: NEXT_TOKEN,
  limit: integer({ min: 1, max: MAX_TASKS }),
})

export const describeExportTasks = ({ tasks }: Pick<LogExportPorts, 'tasks'>) =>
  operation<DescribeExportTasksCommandInput, DescribeExportTasksResponse>({
    name: 'DescribeExportTasks',
    kind: 'read',
    access: 'signed',
    resources: (_, tenant) => [`${logGroupArn(tenant, '')}:log-stream:`],
    differs: [{ member: 'exportTasks', how: 'the newest first; those that ended more than 90 days ago are forgotten' }],
    async run(input, { tenant }) {
      check(INPUT, input)
      const found = (await tasks.list(tenant)).filter(
        ({ id, status }) => (input.taskId === undefined || id === input.taskId) && (input.statusCode === undefined || status === input.statusCode),
      )
      const named = found.map(task => ({ name: placeOf(task), task })).sort((a, b) => (a.name < b.name ? -1 : 1))
      const { items, nextToken } = pageByName(named, input.nextToken, input.limit ?? MAX_TASKS)
      return { exportTasks: items.map(({ task }) => described(task)), nextToken }
    },
  })

/** Texts in the order of the tasks, the newest first. */
const placeOf = ({ createdAt, id }: LogExport): string => `${String(Number.MAX_SAFE_INTEGER - createdAt).padStart(16, '0')} ${id}`

const described = (task: LogExport): ExportTask => ({
  taskId: task.id,
  taskName: task.name,
  logGroupName: task.group.name,
  from: task.from,
  to: task.to,
  destination: task.bucket,
  destinationPrefix: task.prefix,
  status: { code: task.status, message: task.message },
  executionInfo: { creationTime: task.createdAt, completionTime: task.finishedAt },
})
