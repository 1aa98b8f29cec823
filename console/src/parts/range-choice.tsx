import Button from '@cloudscape-design/components/button'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { keep, kept } from '../app/kept.ts'
import { type Range, rangeFrom, RANGES } from '../words/ranges.ts'

/** The viewer's last chosen range, remembered; a dragged one holds for this page only. */
export const useRange = (): [Range, (range: Range) => void] => useState<Range>(() => rangeFrom(kept('range')))

interface Props {
  readonly range: Range
  readonly onChange: (range: Range) => void
}

export const RangeChoice = ({ range, onChange }: Props) => {
  const chosen = range.kind === 'last' ? (RANGES.find(({ seconds }) => seconds === range.seconds)?.id ?? null) : null
  const choose = (id: string): void => {
    keep('range', id)
    onChange(rangeFrom(id))
  }
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      {range.kind === 'between' && <Button variant="inline-link" onClick={() => onChange(rangeFrom(kept('range')))}>Leave the zoom</Button>}
      <SegmentedControl
        label="Time range"
        selectedId={chosen}
        options={RANGES.map(({ id, text }) => ({ id, text }))}
        onChange={({ detail }) => choose(detail.selectedId)}
      />
    </SpaceBetween>
  )
}
