import { AwsError } from './aws-error.ts'

/** SNS's XML answer. */
export interface SnsAnswer {
  /** Texts of all elements of that name, in document order. */
  texts(element: string): readonly string[]
}

/** Reads SNS's XML; throws {@link AwsError} for an `ErrorResponse` or anything that is not XML. */
export const readSnsAnswer = (body: string, status: number): SnsAnswer => {
  const document = new DOMParser().parseFromString(body, 'text/xml')
  const texts = (element: string): readonly string[] =>
    Array.from(document.getElementsByTagName(element), node => node.textContent ?? '')
  const code = texts('Code')[0]
  if (code !== undefined) throw new AwsError(code, texts('Message')[0] ?? code, status)
  if (status !== 200 || document.getElementsByTagName('parsererror').length > 0) {
    throw new AwsError(`HTTP ${status}`, 'SNS gave an answer that is not XML', status)
  }
  return { texts }
}
