import type { WireReply } from '../../wire/protocol.ts'

export const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): WireReply => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(body),
})

export const refusal = (status: number, message: string): WireReply => json(status, { message })
