const OWNERSHIPS: readonly string[] = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']

/** Whether it is a word for whose objects are. */
export const isOwnership = (text: string | undefined): boolean => text !== undefined && OWNERSHIPS.includes(text)
