/** Where an account's storage tier is kept: it has one at most. */
export const STORAGE_TIER = { kind: 'storage-tier', name: 'account' } as const
