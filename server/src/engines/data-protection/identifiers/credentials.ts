import type { Identifier, Span } from '../identifier.ts'

export const CREDENTIALS: readonly Identifier[] = [
  {
    id: 'AwsSecretKey',
    text: 'Secret access keys of AWS: 40 characters of base64 that are no hexadecimal number.',
    keywords: ['aws_secret_access_key', 'credentials', 'secret access key', 'secret key', 'set-awscredential'],
    forms: ['[A-Za-z0-9/+]{40}'],
    edges: '/+=',
    accepts: (_compact, found) => /[a-z]/.test(found) && /[A-Z]/.test(found) && /[0-9/+]/.test(found),
    masks: [
      'aws_secret_access_key = «wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY»',
      '{"secretKey":"«wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY»"}',
      'Set-AWSCredentials -SecretKey «wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY» -StoreAs x',
    ],
    leaves: [
      'commit wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'secret key of 356a192b7913b04c54574d18c28d46e6395428ab',
      'secret key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEYandmore',
    ],
  },
  privateKey('OpenSshPrivateKey', 'Private keys of OpenSSH', ['OPENSSH PRIVATE KEY']),
  privateKey('PgpPrivateKey', 'Private keys of PGP', ['PGP PRIVATE KEY BLOCK']),
  privateKey('PkcsPrivateKey', 'Private keys in PKCS #1 and #8, and of elliptic curves', [
    'PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'DSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY',
  ]),
  {
    id: 'PuttyPrivateKey',
    text: 'Private keys of PuTTY, from the first line to the private MAC; to the end of the event where that is missing.',
    keywords: [],
    forms: [],
    find: text => blocks(text, 'PuTTY-User-Key-File-', 'Private-MAC: ', 64),
    masks: [
      'key: «PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nPrivate-Lines: 1\nAAAA\nPrivate-MAC: 0123456789abcdef0123456789abcdef01234567»\nend',
      '«PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nAAAA»',
    ],
    leaves: ['a PuTTY user key file'],
  },
]

function privateKey(id: string, text: string, names: readonly string[]): Identifier {
  const [name = ''] = names
  return {
    id,
    text: `${text}, from the line that begins them to the one that ends them; to the end of the event where that is missing.`,
    keywords: [],
    forms: [],
    find: content => (content.includes('-----BEGIN ') ? names.flatMap(each => blocks(content, `-----BEGIN ${each}-----`, `-----END ${each}-----`, 0)) : []),
    masks: [
      `found «-----BEGIN ${name}-----\nb3BlbnNzaC1rZXk=\n-----END ${name}-----» in a file`,
      `{"key":"«-----BEGIN ${name}-----\\nb3BlbnNzaC1rZXk=\\n-----END ${name}-----»\\n"}`,
      `cut: «-----BEGIN ${name}-----\nb3BlbnNzaC1rZXk»`,
    ],
    leaves: ['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----'],
  }
}

/** From each beginning to its end, and so many letters and digits behind it. */
const blocks = (text: string, begin: string, end: string, behind: number): readonly Span[] => {
  const found: Span[] = []
  for (let start = text.indexOf(begin); start !== -1; ) {
    const stop = text.indexOf(end, start + begin.length)
    if (stop === -1) return [...found, { start, end: text.length }]
    let at = stop + end.length
    const most = Math.min(text.length, at + behind)
    while (at < most && /[0-9A-Za-z]/.test(text.charAt(at))) at++
    found.push({ start, end: at })
    start = text.indexOf(begin, at)
  }
  return found
}
