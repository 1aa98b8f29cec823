import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Form from '@cloudscape-design/components/form'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type FormEvent, useState } from 'react'
import { queries, SESSION_KEY } from '../../app/queries.ts'
import logo from '../../app/tocsin.svg'
import { AwsError } from '../../aws/aws-error.ts'
import { signIn } from '../../aws/session-door.ts'
import { Disclosure } from '../../parts/disclosure.tsx'
import { useTitle } from '../../parts/use-title.ts'
import './sign-in.css'

/** Signing in with an access key: the same key that the command line uses. */
export const SignInRoom = () => {
  const [accessKeyId, setAccessKeyId] = useState('')
  const [secretAccessKey, setSecretAccessKey] = useState('')
  const [sessionToken, setSessionToken] = useState('')
  const [checked, setChecked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string>()

  useTitle('Sign in')

  const submit = async (): Promise<void> => {
    setChecked(true)
    if (accessKeyId.trim() === '' || secretAccessKey === '') return
    setBusy(true)
    setRefusal(undefined)
    try {
      const keys = { accessKeyId: accessKeyId.trim(), secretAccessKey: secretAccessKey.trim() }
      const token = sessionToken.trim()
      queries.setQueryData(SESSION_KEY, await signIn(token === '' ? keys : { ...keys, sessionToken: token }))
    } catch (error) {
      setRefusal(error instanceof AwsError ? error.message : String(error))
      setBusy(false)
    }
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    void submit()
  }

  return (
    <main className="sign-in">
      <div className="sign-in-brand"><img src={logo} alt="" width={36} height={36} /><span>Tocsin</span></div>
      <form onSubmit={onSubmit}>
        <Container header={<Header variant="h1">Sign in</Header>}>
          <Form actions={<Button variant="primary" loading={busy} loadingText="Signing in">Sign in</Button>}>
            <SpaceBetween size="m">
              {refusal !== undefined && <Alert type="error" header="Not signed in">{refusal}</Alert>}
              <FormField label="Access key ID" errorText={checked && accessKeyId.trim() === '' ? 'Enter the access key ID' : undefined}>
                <Input
                  value={accessKeyId}
                  onChange={({ detail }) => setAccessKeyId(detail.value)}
                  autoFocus
                  autoComplete="username"
                  spellcheck={false}
                />
              </FormField>
              <FormField
                label="Secret access key"
                errorText={checked && secretAccessKey === '' ? 'Enter the secret access key' : undefined}
              >
                <Input
                  value={secretAccessKey}
                  onChange={({ detail }) => setSecretAccessKey(detail.value)}
                  type="password"
                  autoComplete="current-password"
                />
              </FormField>
              <Disclosure summary="Temporary credentials">
                <FormField label="Session token" description="Only for keys that come with one.">
                  <Input
                    value={sessionToken}
                    onChange={({ detail }) => setSessionToken(detail.value)}
                    spellcheck={false}
                    autoComplete={false}
                  />
                </FormField>
              </Disclosure>
            </SpaceBetween>
          </Form>
        </Container>
      </form>
      <Box color="text-body-secondary" fontSize="body-s" margin={{ top: 'm' }}>
        Use the access key that your <code>aws</code> command uses. The first start of the server says in its terminal where the root
        key is kept.
      </Box>
    </main>
  )
}
