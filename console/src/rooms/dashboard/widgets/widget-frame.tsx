import type { ReactNode } from 'react'

interface Props {
  readonly title: string | undefined
  /** Stands for the title where there is none, for those who cannot see what is in it. */
  readonly label: string
  readonly plain?: boolean
  /** Where more of it is. */
  readonly href?: string | undefined
  readonly children: ReactNode
}

export const WidgetFrame = ({ title, label, plain = false, href, children }: Props) => (
  <section className={plain ? 'widget widget-plain' : 'widget'} aria-label={title ?? label}>
    {title !== undefined && title !== '' && <h2 className="widget-title" title={title}>{href === undefined ? title : <a href={href}>{title}</a>}</h2>}
    <div className="widget-body">{children}</div>
  </section>
)
