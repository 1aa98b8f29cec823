/** The disk has no room, or refuses to be written: nothing of the transaction was kept, and reads still work. */
export class StoreFull extends Error {
  override readonly name = 'StoreFull'
}

/** The control store cannot be opened at all: locked by another process, damaged, or from a newer version. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable'
}
