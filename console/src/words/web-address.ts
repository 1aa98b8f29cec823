/** Tags are free text: only a web address becomes a link, never `javascript:` or the like. */
export const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text)
