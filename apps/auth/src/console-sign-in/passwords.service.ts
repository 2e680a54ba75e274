import { Injectable } from '@nestjs/common';
import { AppError, type Person as PersonView } from '@patchbay/contracts';
import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';

/** Argon2id, as the library has it by default, at the costs that OWASP's Password Storage Cheat Sheet names first. */
const COSTS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Of one process at once: each takes its memory, and a thread that others wait for. */
const AT_ONCE = 3;
const MOST_WAITING = 100;

/** Hashes and compares passwords, so many at a time. */
@Injectable()
export class Passwords {
  private readonly places = pLimit(AT_ONCE);
  private nobodys: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return this.withPlace(() => hash(password.normalize('NFC'), COSTS));
  }

  /** @param known null where there is none to compare with: that takes as long, and says no */
  async matches(password: string, known: string | null): Promise<boolean> {
    this.nobodys ??= hash('nobody has this password', COSTS);
    const compared = known ?? (await this.nobodys);
    const isSame = await this.withPlace(() => verify(compared, password.normalize('NFC')));
    return isSame && known !== null;
  }

  private async withPlace<T>(work: () => Promise<T>): Promise<T> {
    if (this.places.pendingCount < MOST_WAITING) return this.places(work);
    throw new AppError('unavailable', 'Too many people sign in at this moment.', {
      suggestion: 'Try again.',
    });
  }
}

/** @throws AppError `invalid_request` for a password that whoever knows the person tries first */
export function requireUnrelated(
  password: string,
  { email, name }: Pick<PersonView, 'email' | 'name'>,
): void {
  const plain = password.toLowerCase();
  const known = [email, email.split('@')[0] ?? email, name.toLowerCase()];
  // What is around the name must be a password of its own.
  const isRelated = known.some((word) => word.length >= 4 && plain.replaceAll(word, '').length < 8);
  if (!isRelated) return;
  throw new AppError('invalid_request', 'The password is little more than your name or address.', {
    issues: ['password: is too close to your name or e-mail address'],
  });
}
