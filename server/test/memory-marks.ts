import { markText, type OnceBook, type OnceMark } from '../src/model/once-mark.ts'

/** Marks that outlive their process as a disk does. */
export class MemoryMarks implements OnceBook {
  readonly noted: string[] = []

  has(mark: OnceMark): Promise<boolean> {
    return Promise.resolve(this.noted.includes(markText(mark)))
  }

  note(marks: readonly OnceMark[]): Promise<void> {
    this.noted.push(...marks.map(markText))
    return Promise.resolve()
  }
}
