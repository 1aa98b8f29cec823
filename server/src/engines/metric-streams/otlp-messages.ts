import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'

/** Field numbers of opentelemetry-proto, v0.7.0 and v1.0.0: what metric streams use of them stands at the same numbers. */
export const FIELD = {
  request: { resourceMetrics: 1 },
  resourceMetrics: { resource: 1, scopeMetrics: 2 },
  resource: { attributes: 1 },
  scopeMetrics: { metrics: 2 },
  metric: { name: 1, unit: 3, summary: 11 },
  summary: { dataPoints: 1 },
  /** `labels` are v0.7.0's, `attributes` v1.0.0's. */
  point: { labels: 1, start: 2, time: 3, count: 4, sum: 5, quantiles: 6, attributes: 7 },
  quantile: { quantile: 1, value: 2 },
  pair: { key: 1, value: 2 },
  anyValue: { text: 1, pairs: 6 },
  pairs: { values: 1 },
} as const

export const message = (writer: BinaryWriter, field: number, write: (inner: BinaryWriter) => void): void => {
  const inner = new BinaryWriter()
  write(inner)
  writer.tag(field, WireType.LengthDelimited).bytes(inner.finish())
}

export const text = (writer: BinaryWriter, field: number, value: string): void => {
  writer.tag(field, WireType.LengthDelimited).string(value)
}

export const double = (writer: BinaryWriter, field: number, value: number): void => {
  writer.tag(field, WireType.Bit64).double(value)
}

export const fixed64 = (writer: BinaryWriter, field: number, value: bigint): void => {
  writer.tag(field, WireType.Bit64).fixed64(value)
}

/** v0.7.0's StringKeyValue. */
export const label = (writer: BinaryWriter, field: number, key: string, value: string): void =>
  message(writer, field, pair => {
    text(pair, FIELD.pair.key, key)
    text(pair, FIELD.pair.value, value)
  })

/** KeyValue, its value a text. */
export const attribute = (writer: BinaryWriter, field: number, key: string, value: string): void =>
  message(writer, field, pair => {
    text(pair, FIELD.pair.key, key)
    message(pair, FIELD.pair.value, any => text(any, FIELD.anyValue.text, value))
  })

/** KeyValue, its value a list of pairs. */
export const attributeOfPairs = (
  writer: BinaryWriter, field: number, key: string, pairs: readonly { readonly name: string; readonly value: string }[],
): void =>
  message(writer, field, pair => {
    text(pair, FIELD.pair.key, key)
    message(pair, FIELD.pair.value, any =>
      message(any, FIELD.anyValue.pairs, list => {
        for (const { name, value } of pairs) attribute(list, FIELD.pairs.values, name, value)
      }),
    )
  })
