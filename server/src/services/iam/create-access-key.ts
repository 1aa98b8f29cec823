import type { CreateAccessKeyCommandInput, CreateAccessKeyResponse } from '@aws-sdk/client-iam'
import type { AccessKey } from '../../model/access.ts'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { newKeyId, newSecret } from './credentials.ts'
import { limitExceeded } from './faults.ts'
import { existingUserName, KEYS_PER_USER } from './limits.ts'
import type { IamParts } from './parts.ts'
import { callersName, findUser, userArn } from './users.ts'

const INPUT = structure({ UserName: existingUserName })

/** The only answer that ever holds the secret. */
export const createAccessKey = ({ access, entropy, changed, turns }: IamParts) =>
  operation<CreateAccessKeyCommandInput, CreateAccessKeyResponse>({
    name: 'CreateAccessKey',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant, principal) => [userArn(tenant, input.UserName ?? callersName(principal))],
    async run(input, { tenant: { account }, principal, now }) {
      enforce(INPUT, input)
      const userName = input.UserName ?? callersName(principal)
      return turns.run(account, async () => {
        if (userName !== undefined) await findUser(access, account, userName)
        const keys = await access.keys(account, userName)
        if (keys.length >= KEYS_PER_USER) throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${KEYS_PER_USER}`)
        const key: AccessKey = {
          account,
          id: newKeyId(entropy, 'AKIA'),
          secret: newSecret(entropy),
          status: 'Active',
          userName,
          createdAt: now,
          temporary: undefined,
        }
        await access.putKey(key)
        changed()
        const shown = { AccessKeyId: key.id, Status: key.status, SecretAccessKey: key.secret, CreateDate: new Date(now) }
        return { AccessKey: { UserName: userName ?? 'root', ...shown } }
      })
    },
  })
