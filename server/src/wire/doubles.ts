/**
 * Members of AWS's models that are doubles, by namespace. The SDK packages' schemas say only "number", but the difference
 * shows on the wire: strict readers (the SDKs for .NET and Rust) take no CBOR integer for a double, and the JSON and XML of
 * AWS itself say `30.0`. No name is a double in one structure of a namespace and an integer in another.
 */
const DOUBLES: Readonly<Record<string, ReadonlySet<string> | undefined>> = {
  'com.amazonaws.cloudwatch': new Set([
    'AggregateValue', 'ApproximateAggregateValue', 'ApproximateValue', 'Average', 'Counts', 'ExtendedStatistics', 'MaxContributorValue',
    'Maximum', 'Minimum', 'SampleCount', 'Sum', 'Threshold', 'UniqueContributors', 'Value', 'Values',
  ]),
}

export const isDouble = (namespace: string, member: string): boolean => DOUBLES[namespace]?.has(member) === true

/** `30.0`, as AWS writes a double that happens to be whole. */
export const writeDouble = (value: number): string =>
  // From 10^21 on JavaScript writes an exponent, which says by itself that it is no integer.
  Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value)
