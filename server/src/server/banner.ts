/** What the terminal says once the server is ready. */
export const banner = (facts: {
  readonly url: string
  readonly credentials: string | undefined
  readonly region: string
  readonly readyMillis: number
}): string => {
  const { url, credentials, region } = facts
  const environment = credentials === undefined ? 'AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test' : `AWS_SHARED_CREDENTIALS_FILE=${shell(credentials)}`
  return [
    `Tocsin is ready (${(facts.readyMillis / 1000).toFixed(1)} s).`,
    `  Console      ${url}/`,
    `  Credentials  ${credentials ?? 'any (authentication is off)'}`,
    '  Try',
    `    ${environment} aws --endpoint-url ${url} --region ${region} cloudwatch describe-alarms --output table`,
    '',
  ].join('\n')
}

const shell = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`)
