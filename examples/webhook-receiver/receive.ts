/**
 * A webhook that shows what SNS sends it, and confirms its own subscription: `node receive.ts [port]`.
 * For trying alarms out; a real receiver also checks the message's signature.
 */
import { createServer } from 'node:http'

const port = Number(process.argv[2] ?? 9000)

createServer((request, response) => {
  let body = ''
  request.on('data', chunk => (body += chunk))
  request.on('end', () => {
    response.end('ok')
    void show(body)
  })
}).listen(port, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${port}/`))

async function show(body: string): Promise<void> {
  const message = JSON.parse(body) as { Type: string; Subject?: string; Message: string; SubscribeURL?: string; MessageId: string }
  const time = new Date().toISOString().slice(11, 19)
  if (message.Type === 'SubscriptionConfirmation' && message.SubscribeURL !== undefined) {
    const { status } = await fetch(message.SubscribeURL)
    console.log(`${time}  confirmed the subscription (${status})`)
    return
  }
  console.log(`${time}  ${message.Subject ?? message.Type}`)
  console.log(`          ${reasonOf(message.Message)}`)
}

function reasonOf(text: string): string {
  try {
    return (JSON.parse(text) as { NewStateReason?: string }).NewStateReason ?? text
  } catch {
    return text
  }
}
