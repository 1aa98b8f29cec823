/** Where something was found: from `start` up to, not including, `end`, in UTF-16 units. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** One kind of sensitive data. `masks` and `leaves` are tests, and documentation. */
export interface Identifier {
  /** As in `arn:aws:dataprotection::aws:data-identifier/<id>`. */
  readonly id: string
  readonly text: string
  /** One of them has to stand within {@link PROXIMITY} characters; AWS's lists. Empty: nothing has to. */
  readonly keywords: readonly string[]
  /** What it looks like, as `form.ts` reads it. */
  readonly forms: readonly string[]
  /** Forms that need no keyword, where others do. */
  readonly openForms?: readonly string[]
  /** Characters that may not stand beside it, besides letters and digits. */
  readonly edges?: string
  /** Looks at what has the form: its letters (upper case) and digits alone, and all of it as it stands. */
  readonly accepts?: (compact: string, found: string) => boolean
  /** For what no form can say: all places in the text. */
  readonly find?: (text: string) => readonly Span[]
  /** Texts in which `«…»` is masked, and nothing else. */
  readonly masks: readonly string[]
  /** Texts in which nothing is. */
  readonly leaves: readonly string[]
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL-managed-data-identifiers.html: "within 30 characters (inclusively)" */
export const PROXIMITY = 30
