import { jsonObject } from '../content.ts'

/**
 * The schema for custom notifications of Amazon Q Developer in chat applications (formerly AWS Chatbot).
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export interface CustomNotification {
  readonly title: string | undefined
  readonly description: string
  readonly nextSteps: readonly string[]
  readonly keywords: readonly string[]
  readonly summary: string | undefined
  readonly relatedResources: readonly string[]
  readonly additionalContext: readonly { readonly label: string; readonly value: string }[]
}

/** Undefined when the text does not follow the schema. */
export const customNotification = (text: string): CustomNotification | undefined => {
  const message = jsonObject(text)
  const content = record(message?.content)
  const description = content?.description
  if (message?.version !== '1.0' || message.source !== 'custom' || typeof description !== 'string' || description === '') return undefined
  const metadata = record(message.metadata)
  return {
    description,
    title: textOf(content?.title),
    nextSteps: texts(content?.nextSteps),
    keywords: texts(content?.keywords),
    summary: textOf(metadata?.summary),
    relatedResources: texts(metadata?.relatedResources),
    additionalContext: Object.entries(record(metadata?.additionalContext) ?? {})
      .flatMap(([label, value]) => (typeof value === 'string' ? [{ label, value }] : [])),
  }
}

const record = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter(item => typeof item === 'string') : [])
