/** Called with each field of a message; answers false when there is no room for more. */
export type AddField = (name: string, value: string | number) => boolean
