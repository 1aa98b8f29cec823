import { UNITS } from '../../model/metric.ts'

const text = (description: string) => ({ type: 'string', description })
const inQuery = (name: string, schema: object, description: string) => ({ name, in: 'query', required: false, schema, description })
const answer = (description: string, schema: object) => ({ description, content: { 'application/json': { schema } } })
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const failures = { 400: answer('What is wrong with the request', reference('Problem')), 403: answer('The caller is unknown, or may not', reference('Problem')) }

/** The document of the REST metrics API, at `/openapi.json`. */
export const OPENAPI = {
  openapi: '3.1.0',
  info: {
    title: 'Tocsin metrics',
    version: '1',
    description: 'Metrics by service. They are CloudWatch metrics in namespace Services with dimension ServiceName: alarms, dashboards and GetMetricData see them.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  security: [{ basic: [] }, { signature: [] }],
  paths: {
    '/metrics': {
      post: {
        summary: 'Add datapoints: one, a list, or {"metrics": […]}, at most 1000. All are taken, or none.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                oneOf: [
                  reference('Datapoint'),
                  { type: 'array', items: reference('Datapoint') },
                  { type: 'object', properties: { metrics: { type: 'array', items: reference('Datapoint') } }, required: ['metrics'] },
                ],
              },
            },
          },
        },
        responses: { 201: answer('Durable', { type: 'object', properties: { accepted: { type: 'integer' } } }), ...failures },
      },
      get: {
        summary: 'Datapoints as they were added, newest first; with a statistic, their aggregates',
        description: 'Ask with Accept: application/json: without it, and without any parameter, this path gives the server\'s own figures to Prometheus.',
        parameters: [
          inQuery('serviceName', { type: 'string' }, 'Only of this service'),
          inQuery('metricName', { type: 'string' }, 'Only of this metric'),
          inQuery('startTime', { type: 'string' }, 'ISO 8601, epoch seconds or milliseconds; an hour before endTime if left out'),
          inQuery('endTime', { type: 'string' }, 'Exclusive; now if left out'),
          inQuery('statistic', { type: 'string', examples: ['Average', 'Sum', 'p99'] }, 'Any statistic of CloudWatch'),
          inQuery('period', { type: 'integer', default: 60 }, 'Seconds that a value stands for'),
          inQuery('limit', { type: 'integer', default: 100, maximum: 1000 }, 'Datapoints in a page'),
          inQuery('nextToken', { type: 'string' }, 'Of the page before'),
        ],
        responses: { 200: answer('Datapoints or series', { oneOf: [reference('Datapoints'), reference('Series')] }), ...failures },
      },
    },
    '/health': { get: { summary: 'Whether every part of the server works', security: [], responses: { 200: { description: 'It does' }, 503: { description: 'It does not' } } } },
  },
  components: {
    securitySchemes: {
      basic: { type: 'http', scheme: 'basic', description: 'Access key id and secret access key' },
      signature: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'AWS Signature Version 4' },
    },
    schemas: {
      Datapoint: {
        type: 'object',
        required: ['serviceName', 'metricName', 'value'],
        properties: {
          serviceName: text('Whose metric it is'),
          metricName: text('What is measured'),
          value: { type: 'number' },
          timestamp: { oneOf: [{ type: 'string', format: 'date-time' }, { type: 'number' }], description: 'ISO 8601, epoch seconds or milliseconds; now if left out' },
          unit: { type: 'string', enum: UNITS, default: 'None' },
          metadata: { type: 'object', description: 'Kept with the datapoint, in log group /services/metrics' },
        },
        additionalProperties: false,
      },
      Datapoints: { type: 'object', properties: { metrics: { type: 'array', items: reference('Datapoint') }, nextToken: text('Where there is more') } },
      Series: {
        type: 'object',
        properties: {
          statistic: { type: 'string' },
          period: { type: 'integer' },
          series: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                serviceName: { type: 'string' },
                metricName: { type: 'string' },
                datapoints: { type: 'array', items: { type: 'object', properties: { timestamp: { type: 'string', format: 'date-time' }, value: { type: 'number' } } } },
              },
            },
          },
        },
      },
      Problem: {
        type: 'object',
        required: ['message'],
        properties: { message: { type: 'string' }, problems: { type: 'array', items: { type: 'object', properties: { at: { type: 'string' }, message: { type: 'string' } } } } },
      },
    },
  },
} as const
