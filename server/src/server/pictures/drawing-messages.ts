/** What the drawing process is asked for, and answers, in the order of asking. */
export interface DrawingOrder {
  readonly svg: string
  readonly zoom: 1 | 2
}

export type DrawingAnswer =
  | { readonly png: Uint8Array; readonly problem?: never }
  | { readonly png?: never; readonly problem: string }
