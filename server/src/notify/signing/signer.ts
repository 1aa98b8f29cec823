import { createHash, createPrivateKey, generateKeyPair, sign, X509Certificate, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Clock } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { MessageSigner } from '../channel.ts'
import { selfSignedCertificate } from './certificate.ts'

/** Remembers texts by name, durably; the signing key's entry is a secret. */
export interface SigningKeyStore {
  get(name: string): Promise<string | undefined>
  set(name: string, value: string): Promise<void>
}

const ENTRY = 'sns-signing-key'
const SUBJECT = 'Tocsin notification signing'

/** Signs SNS messages with the key that this installation made for itself at its first start. */
export class Signer implements MessageSigner {
  readonly certificateUrl: string
  readonly #certificate: string
  readonly #path: string
  readonly #key: KeyObject

  private constructor(pem: string, publicUrl: string) {
    this.#key = createPrivateKey(pem)
    this.#certificate = pem.slice(pem.indexOf('-----BEGIN CERTIFICATE-----'))
    const digest = createHash('sha256').update(new X509Certificate(this.#certificate).raw).digest('hex').slice(0, 32)
    this.#path = `/SimpleNotificationService-${digest}.pem`
    this.certificateUrl = `${publicUrl.replace(/\/$/, '')}${this.#path}`
  }

  /** Takes the kept key, or makes one (RSA 2048, as AWS's) and keeps it. */
  static async open(store: SigningKeyStore, publicUrl: string, clock: Clock, entropy: Entropy): Promise<Signer> {
    const kept = await store.get(ENTRY)
    if (kept !== undefined) return new Signer(kept, publicUrl)
    const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
    const certificate = selfSignedCertificate(pair, SUBJECT, entropy.bytes(16), clock.now())
    const pem = `${pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()}${certificate}`
    await store.set(ENTRY, pem)
    return new Signer(pem, publicUrl)
  }

  /** The certificate (PEM) that this path of the HTTP server answers, unsigned callers included. */
  certificateAt(path: string): string | undefined {
    return path.endsWith(this.#path) ? this.#certificate : undefined
  }

  sign(text: string, version: '1' | '2'): Promise<string> {
    return new Promise((resolve, reject) => {
      // With a callback the work is done on the thread pool.
      sign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256', Buffer.from(text, 'utf8'), this.#key, (error, signature) => {
        if (error === null) resolve(signature.toString('base64'))
        else reject(error)
      })
    })
  }
}
