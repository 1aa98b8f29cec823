import type { CreateLogAnomalyDetectorCommandInput, CreateLogAnomalyDetectorResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logAnomalyDetectorArn } from '../../../base/arn.ts'
import { list, structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { groupNotFound, invalidParameter, limitExceeded, standardOnly } from '../faults.ts'
import { check } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import { checkTags } from '../tags.ts'
import { checkFilterPattern, FILTER_PATTERN, FREQUENCY, LOG_GROUP_ARN, VISIBILITY } from './detector-of.ts'
import type { LogAnomalyPorts } from './ports.ts'

const KEY_ARN = { pattern: /arn:aws[a-z-]*:kms:[-a-z0-9]*:[0-9]*:key\/[-a-z0-9]*/, patternText: String.raw`^arn:aws[a-z\-]*:kms:[-a-z0-9]*:[0-9]*:key/[-a-z0-9]*$` }
const INPUT = structure(
  {
    logGroupArnList: list(LOG_GROUP_ARN),
    detectorName: text({ min: 1 }),
    evaluationFrequency: FREQUENCY,
    filterPattern: FILTER_PATTERN,
    kmsKeyId: text({ max: 256, ...KEY_ARN }),
    anomalyVisibilityTime: VISIBILITY,
  },
  ['logGroupArnList'],
)
/** AWS's quota of an account. */
const DETECTORS = 500
/** Days, as AWS documents it. */
const VISIBLE = 21

export const createLogAnomalyDetector = (groups: LogGroupStore, { detectors, entropy }: LogAnomalyPorts) =>
  operation<CreateLogAnomalyDetectorCommandInput, CreateLogAnomalyDetectorResponse>({
    name: 'CreateLogAnomalyDetector',
    kind: 'write',
    access: 'signed',
    resources: (_, tenant) => [logAnomalyDetectorArn(tenant, '*')],
    also: ({ logGroupArnList = [] }) => logGroupArnList.map(arn => ({ permission: 'GetLogEvents', resource: `${arn.replace(/:\*$/, '')}:log-stream:` })),
    tagged: ({ tags }, tenant) => (tags === undefined ? undefined : logAnomalyDetectorArn(tenant, '*')),
    differs: [
      { how: 'patterns that are new, and those that come far more often than usual; not unusual values in them. A detector learns from up to 288 windows of the last two weeks, at once' },
      { member: 'kmsKeyId', how: 'recorded and shown' },
    ],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const tags = checkTags(input.tags)
      const [arn, ...more] = input.logGroupArnList!
      if (arn === undefined || more.length > 0) throw invalidParameter('Only 1 log group arn is supported in the list.')
      const group = arn.startsWith('arn:') ? groups.find(tenant, arn) : undefined
      if (group === undefined) throw groupNotFound()
      if (group.class !== 'STANDARD') throw standardOnly()
      checkFilterPattern(input.filterPattern)
      const all = await detectors.list(tenant)
      if (all.length >= DETECTORS) throw limitExceeded()
      const id = entropy.uuid()
      const detector = {
        tenant,
        id,
        arn: logAnomalyDetectorArn(tenant, id),
        name: input.detectorName,
        group: { id: group.id, arn: group.arn },
        frequency: input.evaluationFrequency ?? 'FIVE_MIN',
        filterPattern: input.filterPattern,
        kmsKeyId: input.kmsKeyId,
        visibilityDays: input.anomalyVisibilityTime ?? VISIBLE,
        enabled: true,
        createdAt: now,
        modifiedAt: now,
      } as const
      await detectors.create(detector, tags)
      return { anomalyDetectorArn: detector.arn }
    },
  })
