import type { Labels } from '../labels.ts'
import { Pattern, PatternError } from '../pattern.ts'
import type { PromqlFunction } from './promql-function.ts'

/** Go's template of a replacement: `$1`, `$name`, `${name}`, `$$`; groups that are not there are empty. */
const expand = (template: string, group: (name: string) => string | undefined): string =>
  template.replaceAll(/\$(?:(\$)|(\w+)|\{(\w+)\})/g, (_, dollar: string | undefined, bare: string | undefined, braced: string | undefined) =>
    dollar ?? group((bare ?? braced)!) ?? '')

const LABELLED = { 'x{host="web-1.eu"}': '7' }

export const LABELS: readonly PromqlFunction[] = [
  {
    name: 'label_replace',
    group: 'labels',
    parameters: [
      { name: 'v', type: 'vector' }, { name: 'dst', type: 'string' }, { name: 'replacement', type: 'string' },
      { name: 'src', type: 'string' }, { name: 'regex', type: 'string' },
    ],
    doc: 'Where `regex` matches the whole of the label `src`, the label `dst` becomes `replacement`, in which `$1` or `$name` is a group.',
    examples: [
      { query: 'label_replace(x, "zone", "$2", "host", "(.*)\\\\.(.*)")', series: LABELLED, result: ['x{host="web-1.eu", zone="eu"} 7'] },
      { query: 'label_replace(x, "zone", "none", "host", "db-.*")', series: LABELLED, result: ['x{host="web-1.eu"} 7'] },
      { query: 'label_replace(x, "host", "", "host", ".*")', series: LABELLED, result: ['x 7'] },
    ],
    check([, target, , , pattern]) {
      if (target === '') return 'invalid destination label name in label_replace(): ""'
      try {
        new Pattern(pattern ?? '')
        return undefined
      } catch (error) {
        if (error instanceof PatternError) return `invalid regular expression in label_replace(): ${error.message}`
        throw error
      }
    },
    returns: 'vector',
    call(args) {
      const [target, template, source] = [args.text(1), args.text(2), args.text(3)]
      const pattern = args.pattern(4)
      const replaced = (labels: Labels): Labels => {
        const group = pattern.groups(labels.get(source))
        return group === undefined ? labels : labels.with(target, expand(template, group))
      }
      return args.vector(0).map(({ labels, value }) => ({ labels: args.labels(labels, replaced), value }))
    },
  },
  {
    name: 'label_join',
    group: 'labels',
    parameters: [
      { name: 'v', type: 'vector' }, { name: 'dst', type: 'string' }, { name: 'separator', type: 'string' }, { name: 'src', type: 'string', repeats: true },
    ],
    doc: 'The label `dst` becomes the labels `src` with the separator between them.',
    examples: [
      { query: 'label_join(x, "c", "-", "a", "b")', series: { 'x{a="1",b="2"}': '7' }, result: ['x{a="1", b="2", c="1-2"} 7'] },
    ],
    check: ([, target]) => (target === '' ? 'invalid destination label name in label_join(): ""' : undefined),
    returns: 'vector',
    call(args) {
      const [target, separator] = [args.text(1), args.text(2)]
      const sources = Array.from({ length: args.count - 3 }, (_, place) => args.text(place + 3))
      const joined = (labels: Labels): Labels => labels.with(target, sources.map(source => labels.get(source)).join(separator))
      return args.vector(0).map(({ labels, value }) => ({ labels: args.labels(labels, joined), value }))
    },
  },
]
