/** A body to begin with: this machine, whose metrics are there from the start. */
export const startBody = (name: string, region: string): string => {
  const search = (metric: string, dimension: string): string => `SEARCH('{CWAgent,${dimension}} MetricName="${metric}"', 'Average', 60)`
  const graph = (title: string, x: number, metric: string, dimension: string) => ({
    type: 'metric', x, y: 3, width: 12, height: 6, properties: { region, title, metrics: [[{ expression: search(metric, dimension), id: 'e1' }]] },
  })
  const body = {
    widgets: [
      { type: 'text', x: 0, y: 0, width: 24, height: 3, properties: { markdown: `# ${name}\nChange this dashboard with **Edit**: it is AWS’s own dashboard JSON.` } },
      graph('CPU', 0, 'cpu_usage_active', 'host'),
      graph('Memory', 12, 'mem_used_percent', 'host'),
    ],
  }
  return JSON.stringify(body, null, 2)
}
