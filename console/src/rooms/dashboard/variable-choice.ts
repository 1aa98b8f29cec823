import type { DashboardVariable } from '../../../../server/src/model/dashboard.ts'

/** What the address says of the variables, so that a dashboard can be sent to somebody as it is looked at. */
export const chosenFrom = (address: URLSearchParams, variables: readonly DashboardVariable[]): Readonly<Record<string, string>> =>
  Object.fromEntries(variables.flatMap(({ id }): [string, string][] => {
    const value = address.get(`var.${id}`)
    return value === null || value === '' ? [] : [[id, value]]
  }))

/** The metrics whose dimension fills a variable's list, from a search like `{AWS/EC2,InstanceId} MetricName="CPUUtilization"`. */
export const searchedMetrics = (search: string): { readonly Namespace: string; readonly MetricName?: string } | undefined => {
  const namespace = /\{\s*(?:"([^"]+)"|([^,"}\s]+))/.exec(search)
  const metric = /\bMetricName\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s()]+))/.exec(search)
  const Namespace = namespace?.[1] ?? namespace?.[2]
  const MetricName = metric?.[1] ?? metric?.[2] ?? metric?.[3]
  return Namespace === undefined ? undefined : { Namespace, ...(MetricName !== undefined && { MetricName }) }
}

/** How a variable is called: its label, or what it replaces. */
export const variableName = ({ label, property, pattern, id }: DashboardVariable): string => label ?? property ?? pattern ?? id
