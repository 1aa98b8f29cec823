/** Whoever asks for originals of masked messages must be allowed `logs:Unmask`, too. */
export const unmaskPermission = (unmask: boolean | undefined, resource: string): readonly { readonly permission: string; readonly resource: string }[] =>
  unmask === true ? [{ permission: 'Unmask', resource }] : []
