/** A member of the root by its literal name: a dot in it is no path. */
export const memberOf = (root: Readonly<Record<string, unknown>>, name: string): unknown => (Object.hasOwn(root, name) ? root[name] : undefined)
