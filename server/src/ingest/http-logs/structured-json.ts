import { isObject } from '../../base/is-object.ts'
import { BadLogBody, type HttpLogEvent, millisOf, parsed } from './http-log-events.ts'
import { elementsOf, valuesIn } from './json-texts.ts'

/**
 * An object, or an array of objects; what else there is is skipped, also what follows. Throws `BadLogBody` for what is no JSON.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_HTTP_Endpoints_StructuredJSON.html
 */
export const readStructuredJson = (body: string): readonly HttpLogEvent[] => {
  const { value: text } = valuesIn(body).next()
  const json = text === undefined ? undefined : parsed(text)
  if (text === undefined || json === undefined) throw new BadLogBody('The body is not valid JSON')
  const texts = Array.isArray(json.value) ? elementsOf(text) : [text]
  return [...texts].flatMap(one => {
    const value: unknown = JSON.parse(one)
    return isObject(value) ? [{ at: millisOf(value), message: one }] : []
  })
}
