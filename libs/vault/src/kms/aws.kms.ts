import { DecryptCommand, EncryptCommand, KMSClient, KMSServiceException } from '@aws-sdk/client-kms';
import { KMS_LIMIT_MS, PURPOSE, WrongKey, type KeyManagement } from './key-management.js';

/**
 * AWS KMS, by a symmetric key. Credentials and region come as AWS has them: the environment, a role of the machine, a web identity.
 * @param keyId an ARN, an id or an alias
 */
export function awsKms(keyId: string, endpoint: string | undefined): KeyManagement {
  const client = new KMSClient({
    ...(endpoint && { endpoint }),
    // An ARN says it: arn:aws:kms:<region>:<account>:key/<id>
    ...(keyId.startsWith('arn:') && { region: String(keyId.split(':')[3]) }),
    maxAttempts: 2,
    requestHandler: { requestTimeout: KMS_LIMIT_MS, connectionTimeout: KMS_LIMIT_MS },
  });
  return {
    wrap: async (key) => {
      const command = new EncryptCommand({ KeyId: keyId, Plaintext: key, EncryptionContext: PURPOSE });
      const { CiphertextBlob } = await client.send(command).catch(explained);
      return Buffer.from(CiphertextBlob!).toString('base64');
    },
    unwrap: async (wrapped) => {
      const CiphertextBlob = Buffer.from(wrapped, 'base64');
      const command = new DecryptCommand({ KeyId: keyId, CiphertextBlob, EncryptionContext: PURPOSE });
      return Buffer.from((await client.send(command).catch(explained)).Plaintext!);
    },
  };
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html#API_Decrypt_Errors */
const FOR_GOOD = new Set([
  'AccessDeniedException',
  'DisabledException',
  'IncorrectKeyException',
  'InvalidCiphertextException',
  'InvalidKeyUsageException',
  'NotFoundException',
]);

function explained(error: unknown): never {
  const isRefusal = error instanceof KMSServiceException && FOR_GOOD.has(error.name);
  if (isRefusal) throw new WrongKey(`AWS KMS refuses: ${error.name}`, { cause: error });
  throw new Error(`AWS KMS: ${(error as Error).name}`, { cause: error });
}
