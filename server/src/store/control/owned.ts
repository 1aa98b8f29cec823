export interface Owned {
  readonly account: string
  readonly region: string
}
