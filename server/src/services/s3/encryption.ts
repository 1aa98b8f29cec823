/** What all answers about objects say, as S3's do: the bytes are as safe as the disk that they are on. */
export const ENCRYPTED = { ServerSideEncryption: 'AES256' } as const
