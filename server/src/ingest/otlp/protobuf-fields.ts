import type { BinaryReader } from '@bufbuild/protobuf/wire'

/** Hands each field of a message to `read`, which answers false for those that it does not know: they are passed over. */
export const eachField = (reader: BinaryReader, read: (field: number, reader: BinaryReader) => boolean): void => {
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag()
    if (!read(field, reader)) reader.skip(wireType, field)
  }
}
