const region = 'us-east-1'
const hosts = (metric: string) => [['Shop', metric, 'host', 'web-1'], ['...', 'web-2'], ['...', 'web-3']]
const metric = (title: string, x: number, y: number, width: number, more: Readonly<Record<string, unknown>>) =>
  ({ type: 'metric', x, y, width, height: 6, properties: { region, title, metrics: hosts('Requests'), ...more } })

/** A widget of every kind and view. */
export const SHOP = {
  variables: [{ type: 'property', property: 'host', inputType: 'select', id: 'host', label: 'Host', values: [{ value: 'web-1' }, { value: 'web-2' }] }],
  widgets: [
    { type: 'text', x: 0, y: 0, width: 16, height: 3, properties: { markdown: '# The shop\nWhat **customers** meet, by host. [Alarms](#/alarms) <script>alert(1)</script>' } },
    {
      type: 'alarm', x: 16, y: 0, width: 8, height: 9,
      properties: {
        title: 'Customers', sortBy: 'stateUpdatedTimestamp',
        alarms: ['shop-degraded', 'payments-down', 'error-rate'].map(name => `arn:aws:cloudwatch:us-east-1:000000000000:alarm:${name}`),
      },
    },
    metric('Requests', 0, 3, 8, {
      metrics: [...hosts('Requests'), ['Shop', 'Errors', 'host', 'web-3', { yAxis: 'right', label: 'Errors of web-3' }]],
      yAxis: { left: { label: 'Requests', min: 0 }, right: { label: 'Errors', min: 0 } },
      annotations: { horizontal: [{ value: 450, label: 'Too many', fill: 'above', color: '#d13b2e' }, [{ value: 200, label: 'Usual' }, { value: 300 }]] },
    }),
    metric('Requests, stacked', 8, 3, 8, { stacked: true, legend: { position: 'right' } }),
    metric('Newest', 0, 9, 10, { view: 'singleValue', sparkline: true }),
    metric('Load', 10, 9, 7, { view: 'gauge', metrics: hosts('Requests').slice(0, 1), yAxis: { left: { min: 0, max: 500 } } }),
    metric('Share', 17, 9, 7, { view: 'pie' }),
    metric('By host', 0, 15, 8, { view: 'bar' }),
    metric('Values', 8, 15, 8, { view: 'table' }),
    { type: 'metric', x: 16, y: 15, width: 8, height: 6, properties: { region, title: 'Error rate', annotations: { alarms: ['arn:aws:cloudwatch:us-east-1:000000000000:alarm:error-rate'] } } },
    { type: 'log', x: 0, y: 21, width: 24, height: 4, properties: { region, title: 'Failed payments', query: "SOURCE 'payments' | fields @message | filter status >= 500" } },
  ],
}
