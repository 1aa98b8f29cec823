import type { PutRequest } from '../model/metric-intake.ts'
import type { MetricSink } from '../services/cloudwatch/ports.ts'
import { writeJson } from '../wire/json-write.ts'
import { publishedSchemas } from '../wire/published-schemas.ts'
import { operationSchema } from '../wire/schema.ts'

interface Intake {
  accept(request: PutRequest): Promise<unknown>
}

/** PutMetricData called inside the house: written as a client would write it, so that it takes the same way into the journal. */
export const metricSink = (intake: Intake): MetricSink => ({
  async put(call, input) {
    const body = Buffer.from(writeJson(input, operationSchema(publishedSchemas('client-cloudwatch'), 'PutMetricData')!.input))
    await intake.accept({ tenant: call.tenant, protocol: 'json', encoding: 'identity', body, receivedAt: call.now })
  },
})
