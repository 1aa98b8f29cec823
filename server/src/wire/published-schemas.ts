import { createRequire, registerHooks } from 'node:module'

/** The SDK's packages of the services that are served. */
type Client = 'client-cloudwatch' | 'client-cloudwatch-logs' | 'client-iam' | 'client-s3' | 'client-sns' | 'client-sts'

type Schemas = Readonly<Record<string, unknown>>

/**
 * AWS's model of a service as the SDK publishes it: a schema `<Name>$` for every operation and structure. Read when it is first asked
 * for, which takes 10 to 50 ms, and kept; so a service that nobody calls costs nothing. Of the package, only the schemas are loaded:
 * its client, which is never run here, would take 20 MB and half a second more. Everything else takes only types from these packages.
 */
export const publishedSchemas = (client: Client): Schemas => {
  let schemas = loaded.get(client)
  if (schemas === undefined) loaded.set(client, (schemas = load(client)))
  return schemas
}

const loaded = new Map<Client, Schemas>()
const require = createRequire(import.meta.url)

const load = (client: Client): Schemas => {
  // These modules name their neighbours as bundlers understand it, without an ending.
  const hooks = registerHooks({
    resolve: (specifier, context, next) => next(specifier.startsWith('.') && !specifier.endsWith('.js') ? `${specifier}.js` : specifier, context),
  })
  try {
    return require(`@aws-sdk/${client}/dist-es/schemas/schemas_0.js`) as Schemas
  } finally {
    hooks.deregister()
  }
}
