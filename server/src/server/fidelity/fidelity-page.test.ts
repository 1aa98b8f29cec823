import { expect, test } from 'vitest'
import { actionKind } from '../../engines/alarms/action-kinds.ts'
import { parseInsights } from '../../engines/metrics-insights/parse.ts'
import { parseSearch } from '../../engines/search/search.ts'
import { ACTIONS, METRICS_INSIGHTS, SEARCH } from '../../services/cloudwatch/features.ts'
import { InMemoryCloudWatch } from '../../services/cloudwatch/ports.test-support.ts'
import { cloudWatch } from '../../services/cloudwatch/service.ts'
import { iam } from '../../services/iam/service.ts'
import { logs } from '../../services/logs/service.ts'
import { s3 } from '../../services/s3/service.ts'
import { sns } from '../../services/sns/service.ts'
import { sts } from '../../services/sts/service.ts'
import { fidelityPage } from './fidelity-page.ts'

/** Services are only described here, never run. */
const NO_PORTS = new Proxy({}, { get: (): unknown => NO_PORTS }) as never

test('docs/fidelity.md says what the code says; `npm test -- server/src/server/fidelity -u` writes it', async () => {
  const page = fidelityPage({
    cloudWatch: cloudWatch(new InMemoryCloudWatch().ports),
    others: { 'CloudWatch Logs': logs(NO_PORTS), S3: s3(NO_PORTS), SNS: sns(NO_PORTS), IAM: iam(NO_PORTS), STS: sts(NO_PORTS) },
  })
  await expect(page).toMatchFileSnapshot('../../../../docs/fidelity.md')
})

test.each(Object.entries(ACTIONS))('the example of the action %s is one', (kind, { example }) => {
  expect(actionKind(example)).toBe(kind)
})

test.each(METRICS_INSIGHTS.map(({ example }) => example))('Metrics Insights reads %s', example => {
  expect(() => parseInsights(example)).not.toThrow()
})

test.each(SEARCH.map(({ example }) => example))('SEARCH reads %s', example => {
  expect(() => parseSearch(example, '000000000000')).not.toThrow()
})
