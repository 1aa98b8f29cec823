import { type ReactNode, useState } from 'react'
import './disclosure.css'

/** A quiet line that opens; its content is only made once it is open. */
export const Disclosure = ({ summary, children }: { readonly summary: string; readonly children: ReactNode }) => {
  const [open, setOpen] = useState(false)
  return (
    <details className="disclosure" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && <div className="disclosure-content">{children}</div>}
    </details>
  )
}
