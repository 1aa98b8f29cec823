import type { MetricStreamStore } from './metric-streams/ports.ts'
import { switchStreams } from './metric-streams/switch-streams.ts'

/** What was published while a stream was stopped is not sent later. */
export const startMetricStreams = (streams: MetricStreamStore) => switchStreams('StartMetricStreams', 'running', streams)
