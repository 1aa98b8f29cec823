import { UNITS } from '../../model/metric.ts'
import { MOST_DATAPOINTS } from './read-query.ts'

const text = (description: string) => ({ type: 'string', description })
const inQuery = (name: string, schema: object, description: string) => ({ name, in: 'query', required: false, schema, description })
const answer = (description: string, schema: object) => ({ description, content: { 'application/json': { schema } } })
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const failures = {
  400: answer('What is wrong with the request', reference('Problem')),
  401: answer('The key is not known', reference('Problem')),
  403: answer('There is no key, or it may not', reference('Problem')),
}

const DATAPOINTS = { type: 'array', minItems: 1, maxItems: 1000, items: reference('Datapoint') }

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
                  DATAPOINTS,
                  { type: 'object', properties: { metrics: DATAPOINTS }, required: ['metrics'] },
                ],
              },
            },
          },
        },
        responses: { 201: answer('Durable', { type: 'object', required: ['accepted'], properties: { accepted: { type: 'integer' } } }), ...failures },
      },
      get: {
        summary: 'Datapoints as they were added, newest first; with a statistic, their aggregates',
        description: 'Ask with Accept: application/json: without it, and without any parameter, this path gives the server\'s own figures to Prometheus.',
        parameters: [
          inQuery('serviceName', { type: 'string', minLength: 1, maxLength: 255 }, 'Only of this service'),
          inQuery('metricName', { type: 'string', minLength: 1, maxLength: 255 }, 'Only of this metric'),
          inQuery('startTime', { type: 'string' }, 'ISO 8601 (UTC where it names no zone), epoch seconds or milliseconds; an hour before endTime if left out'),
          inQuery('endTime', { type: 'string' }, 'Exclusive; now if left out'),
          inQuery('statistic', { type: 'string', examples: ['Average', 'Sum', 'p99'] }, 'Any statistic of CloudWatch'),
          inQuery('period', { type: 'integer', default: 60, minimum: 1, maximum: 86_400 }, 'Seconds that a value stands for, with a statistic: 1, 5, 10, 20, 30 or a multiple of 60. Datapoints are kept to the minute'),
          inQuery('limit', { type: 'integer', default: 100, minimum: 1, maximum: MOST_DATAPOINTS }, 'Datapoints in a page'),
          inQuery('nextToken', { type: 'string', maxLength: 128 }, 'Of the page before'),
        ],
        responses: { 200: answer('Datapoints or series', { oneOf: [reference('Datapoints'), reference('Series')] }), ...failures },
      },
    },
    '/health': {
      get: { summary: 'Whether every part of the server works', security: [], responses: { 200: answer('It does', reference('Health')), 503: answer('It does not', reference('Health')) } },
    },
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
      Datapoints: { type: 'object', required: ['metrics'], properties: { metrics: { type: 'array', items: reference('Datapoint') }, nextToken: text('Where there is more') } },
      Series: {
        type: 'object',
        required: ['statistic', 'period', 'series'],
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
      Health: {
        type: 'object',
        required: ['status', 'parts'],
        properties: { status: { type: 'string' }, parts: { type: 'object', additionalProperties: { type: 'object', properties: { working: { type: 'boolean' }, state: { type: 'string' } } } } },
      },
      Problem: {
        type: 'object',
        required: ['message'],
        properties: { message: { type: 'string' }, code: text('AWS\'s name for it, where it has one'), problems: { type: 'array', items: { type: 'object', properties: { at: { type: 'string' }, message: { type: 'string' } } } } },
      },
    },
  },
} as const
