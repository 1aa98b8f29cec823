/** White space of Unicode, as a class of RE2. */
export const BLANK = String.raw`[\t-\r \x{85}\p{Z}]`
