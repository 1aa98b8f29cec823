import type { ReactNode } from 'react'
import { isWebAddress } from '../words/web-address.ts'
import { type Block, blocksOf, type Inline, inlinesOf } from '../words/markdown.ts'
import './markdown.css'

/** Markdown as elements: what is not Markdown is text, so no HTML of a dashboard's author gets into the page. */
export const Markdown = ({ text }: { readonly text: string }) => <div className="markdown">{blocksOf(text).map(block)}</div>

const block = (each: Block, key: number): ReactNode => {
  switch (each.kind) {
    case 'heading': {
      // The page's own title is the first level, and the widget's the second.
      const Heading = (['h2', 'h3', 'h4', 'h5', 'h6', 'h6'] as const)[each.level - 1] ?? 'h6'
      return <Heading key={key} data-level={each.level}>{inlines(each.text)}</Heading>
    }
    case 'list': {
      const List = each.ordered ? 'ol' : 'ul'
      return <List key={key}>{each.items.map((item, index) => <li key={index}>{inlines(item)}</li>)}</List>
    }
    case 'code':
      return <pre key={key} tabIndex={0}><code>{each.text}</code></pre>
    case 'quote':
      return <blockquote key={key}>{each.blocks.map(block)}</blockquote>
    case 'rule':
      return <hr key={key} />
    case 'table':
      return (
        <table key={key}>
          <thead><tr>{each.head.map((cell, index) => <th key={index} scope="col">{inlines(cell)}</th>)}</tr></thead>
          <tbody>{each.rows.map((row, index) => <tr key={index}>{row.map((cell, column) => <td key={column}>{inlines(cell)}</td>)}</tr>)}</tbody>
        </table>
      )
    case 'paragraph':
      return <p key={key}>{inlines(each.text)}</p>
  }
}

const inlines = (text: string): ReactNode => inlinesOf(text).map(inline)

const inline = (each: Inline, key: number): ReactNode => {
  switch (each.kind) {
    case 'code':
      return <code key={key}>{each.text}</code>
    case 'strong':
      return <strong key={key}>{inlines(each.text)}</strong>
    case 'emphasis':
      return <em key={key}>{inlines(each.text)}</em>
    case 'link':
      if (each.address.startsWith('#/')) return <a key={key} className={each.button ? 'markdown-button' : ''} href={each.address}>{each.text}</a>
      if (!isWebAddress(each.address)) return <span key={key}>{each.text}</span>
      return <a key={key} className={each.button ? 'markdown-button' : ''} href={each.address} target="_blank" rel="noopener noreferrer">{each.text}</a>
    case 'text':
      return each.text
  }
}
