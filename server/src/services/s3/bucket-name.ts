import { Fault } from '../../wire/fault.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const NAME = /^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/
const ADDRESS = /^\d+\.\d+\.\d+\.\d+$/
const RESERVED = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/

export const requireBucketName = (name: string): void => {
  if (NAME.test(name) && !ADDRESS.test(name) && !RESERVED.test(name)) return
  throw new Fault('InvalidBucketName', 'The specified bucket is not valid.', { members: { BucketName: name.slice(0, 256) } })
}
