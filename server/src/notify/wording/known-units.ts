/** In what unit a metric is published, where its name says it or AWS's documentation of the service does. */
export const knownUnit = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string | undefined => {
  if (/(Utilization|[Pp]ercent(age)?)$|^cpu_usage_/.test(name)) return 'Percent'
  const units = BY_SERVICE[namespace]
  return units === undefined ? undefined : Object.keys(units).find(unit => units[unit]!.includes(name))
}

/** The metrics that people have alarms on and that are no plain counts. */
const BY_SERVICE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'AWS/ApplicationELB': { Seconds: ['TargetResponseTime'], Bytes: ['ProcessedBytes'] },
  'AWS/ApiGateway': { Milliseconds: ['Latency', 'IntegrationLatency'] },
  'AWS/DynamoDB': { Milliseconds: ['SuccessfulRequestLatency', 'ReplicationLatency'] },
  'AWS/EC2': { Bytes: ['NetworkIn', 'NetworkOut', 'EBSReadBytes', 'EBSWriteBytes'] },
  'AWS/ElastiCache': { Percent: ['CacheHitRate'], Bytes: ['FreeableMemory', 'BytesUsedForCache', 'SwapUsage'], Seconds: ['ReplicationLag'] },
  'AWS/Lambda': { Milliseconds: ['Duration', 'IteratorAge', 'PostRuntimeExtensionsDuration'] },
  'AWS/RDS': {
    Seconds: ['ReadLatency', 'WriteLatency', 'CommitLatency', 'ReplicaLag'],
    Bytes: ['FreeStorageSpace', 'FreeableMemory', 'FreeLocalStorage', 'SwapUsage', 'BinLogDiskUsage', 'TransactionLogsDiskUsage'],
    'Bytes/Second': ['ReadThroughput', 'WriteThroughput', 'NetworkReceiveThroughput', 'NetworkTransmitThroughput'],
  },
  'AWS/S3': { Bytes: ['BucketSizeBytes'], Milliseconds: ['FirstByteLatency', 'TotalRequestLatency'] },
  'AWS/SQS': { Seconds: ['ApproximateAgeOfOldestMessage'] },
}
