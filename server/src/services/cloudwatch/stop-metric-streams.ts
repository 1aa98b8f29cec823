import type { MetricStreamStore } from './metric-streams/ports.ts'
import { switchStreams } from './metric-streams/switch-streams.ts'

export const stopMetricStreams = (streams: MetricStreamStore) => switchStreams('StopMetricStreams', 'stopped', streams)
