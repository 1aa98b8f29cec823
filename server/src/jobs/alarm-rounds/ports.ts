/** Which of the topics that alarms notify are not there; the topics' own store answers. */
export interface TopicDirectory {
  missing(arns: readonly string[]): Promise<ReadonlySet<string>>
}
