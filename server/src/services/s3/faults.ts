import { Fault } from '../../wire/fault.ts'

/** S3's error codes and texts: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */

export const noSuchBucket = (name: string): Fault =>
  new Fault('NoSuchBucket', 'The specified bucket does not exist', { status: 404, members: { BucketName: name } })

export const noSuchKey = (key: string): Fault =>
  new Fault('NoSuchKey', 'The specified key does not exist.', { status: 404, members: { Key: key } })

/** HEAD has no body to say more in. */
export const notFound = (): Fault => new Fault('NotFound', 'Not Found', { status: 404 })

export const noSuchUpload = (id: string): Fault => {
  const text = 'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.'
  return new Fault('NoSuchUpload', text, { status: 404, members: { UploadId: id } })
}

export const accessDenied = (): Fault => new Fault('AccessDenied', 'Access Denied', { status: 403 })

export const invalidArgument = (text: string, name: string, value?: string): Fault =>
  new Fault('InvalidArgument', text, { members: { ArgumentName: name, ...(value === undefined ? {} : { ArgumentValue: value.slice(0, 1024) }) } })

export const invalidRequest = (text: string): Fault => new Fault('InvalidRequest', text)

export const malformedXml = (): Fault =>
  new Fault('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema')

export const preconditionFailed = (condition: string): Fault => {
  const text = 'At least one of the pre-conditions you specified did not hold'
  return new Fault('PreconditionFailed', text, { status: 412, members: { Condition: condition } })
}

export const conditionConflict = (key: string, condition: string): Fault => {
  const text = 'The conditional request cannot succeed due to a conflicting operation against this resource.'
  return new Fault('ConditionalRequestConflict', text, { status: 409, members: { Condition: condition, Key: key } })
}

export const notModified = (): Fault => new Fault('NotModified', 'Not Modified', { status: 304 })

export const badDigest = (what: string): Fault => new Fault('BadDigest', what)

export const notHere = (what: string): Fault => new Fault(
  'NotImplemented',
  `A header you provided implies functionality that is not implemented: ${what}`,
  { status: 501, retryable: false },
)
