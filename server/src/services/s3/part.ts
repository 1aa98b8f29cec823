import type { Upload, UploadedPart } from '../../model/object.ts'
import { algorithmNamed, DEFAULT_ALGORITHM } from './checksums.ts'
import { invalidArgument, noSuchUpload } from './faults.ts'
import type { S3Parts } from './parts.ts'

/** Of one upload. */
export const MOST_PARTS = 10_000

export const requirePartNumber = (number: number | undefined): number => {
  if (number !== undefined && Number.isSafeInteger(number) && number >= 1 && number <= MOST_PARTS) return number
  throw invalidArgument(`Part number must be an integer between 1 and ${MOST_PARTS}, inclusive`, 'partNumber', String(number))
}

/** What is wanted of a part's body: in an upload that was begun without a checksum, one is kept that is not shown. */
export const expectedOfPart = ({ checksum }: Pick<Upload, 'checksum'>) => {
  const algorithm = algorithmNamed(checksum?.algorithm)
  return { algorithm, only: algorithm, kept: algorithm ?? DEFAULT_ALGORITHM }
}

/** Its body is on the disk; now the upload has it, or the body is gone. */
export const keepPart = async ({ uploads, bodies }: Pick<S3Parts, 'uploads' | 'bodies'>, id: string, part: UploadedPart): Promise<void> => {
  const blobs = part.blob === undefined ? [] : [part.blob]
  let kept = false
  try {
    kept = await uploads.putPart(id, part)
  } finally {
    await (kept ? bodies.settle(blobs) : bodies.remove(blobs))
  }
  if (!kept) throw noSuchUpload(id)
}
