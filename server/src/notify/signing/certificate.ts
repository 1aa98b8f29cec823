import { sign, type KeyObject } from 'node:crypto'
import type { EpochMillis } from '../../base/time.ts'
import * as der from './der.ts'

const YEAR = 365.25 * 24 * 60 * 60 * 1000
/** Validators check the signature, not the chain; nobody should have to renew it during a server's life. */
const LIFETIME = 30 * YEAR
/** Receivers' clocks may be behind. */
const HEAD_START = 24 * 60 * 60 * 1000

const SHA256_WITH_RSA = der.sequence(der.objectIdentifier('1.2.840.113549.1.1.11'), der.nothing())
const COMMON_NAME = der.objectIdentifier('2.5.4.3')

/** A self-signed X.509 certificate (PEM) for an RSA key; `serial` is 16 random bytes. */
export const selfSignedCertificate = (
  { publicKey, privateKey }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  name: string,
  serial: Uint8Array,
  now: EpochMillis,
): string => {
  const distinguishedName = der.sequence(der.set(der.sequence(COMMON_NAME, der.utf8String(name))))
  const unsigned = der.sequence(
    der.explicit(0, der.integer(Buffer.of(2))),
    // Positive and not zero, whatever was drawn.
    der.integer(Buffer.concat([Buffer.of(0x40), serial])),
    SHA256_WITH_RSA,
    distinguishedName,
    der.sequence(der.time(now - HEAD_START), der.time(now + LIFETIME)),
    distinguishedName,
    publicKey.export({ type: 'spki', format: 'der' }),
    der.explicit(3, der.sequence(
      extension('2.5.29.19', der.sequence()),
      // digitalSignature alone
      extension('2.5.29.15', der.bitString(Buffer.of(0x80), 7)),
    )),
  )
  const certificate = der.sequence(unsigned, SHA256_WITH_RSA, der.bitString(sign('sha256', unsigned, privateKey)))
  const lines = certificate.toString('base64').replace(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

const extension = (id: string, value: Uint8Array): Buffer =>
  der.sequence(der.objectIdentifier(id), der.boolean(true), der.octetString(value))
