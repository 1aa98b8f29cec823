import type { Mailer } from '../channel.ts'

/** What answers while no mail server is set: a retryable failure, so that mails go out once there is one. */
export const noMailer: Mailer = {
  send: () => Promise.resolve({
    kind: 'refused',
    status: undefined,
    permanent: false,
    text: 'no mail server is set: start Tocsin with TOCSIN_SMTP_URL, e.g. ' +
      'smtp://user:password@mail.example.org:587?from=tocsin@example.org',
  }),
}
