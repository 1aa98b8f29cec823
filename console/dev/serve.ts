// Looks at the console without a server: `node console/dev/serve.ts [port]`, then sign in with the printed keys.
import { KEYS, startFakeServer } from './fake-server.ts'

const { url } = await startFakeServer({ port: Number(process.argv[2] ?? 4567) })
console.log(`${url}\naccess key ID      ${KEYS.accessKeyId}\nsecret access key  ${KEYS.secretAccessKey}`)
