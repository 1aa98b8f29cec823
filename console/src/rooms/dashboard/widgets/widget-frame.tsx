import type { ReactNode } from 'react'

interface Props {
  readonly title: string | undefined
  /** Stands for the title where there is none, for those who cannot see what is in it. */
  readonly label: string
  readonly plain?: boolean
  readonly children: ReactNode
}

export const WidgetFrame = ({ title, label, plain = false, children }: Props) => (
  <section className={plain ? 'widget widget-plain' : 'widget'} aria-label={title ?? label}>
    {title !== undefined && title !== '' && <h2 className="widget-title" title={title}>{title}</h2>}
    <div className="widget-body">{children}</div>
  </section>
)
