import { hasParts, RawJson } from '@patchbay/contracts';
import type { OpenRecord } from './request-records.service.js';
import { GRACE_MS, type Outcome } from './request-state.js';

export interface RecentAnswer {
  record: OpenRecord;
  ended: Outcome;
}
interface Kept {
  owner: string;
  at: number;
  /** Undefined: its record says how it ended. */
  answer: RecentAnswer | undefined;
  characters: number;
}

/** An answer that its caller got is kept only for a connection that broke just then. */
const MAX_ANSWER = 16 * 1024;
const MAX_OF_PROJECT = 2 * 1024 * 1024;
const MAX_OF_ALL = 16 * 1024 * 1024;
/** Without their answers they are small. */
const MAX_ATTEMPTS = 20_000;

/**
 * What callers were answered within the last seconds, in the memory of the replica that answered them. Of an answer
 * that is too large, or that is too much for its project or for all, only that there was one is kept.
 */
export class RecentAnswers {
  /** Oldest first. */
  private readonly kept = new Map<string, Kept>();
  private readonly ofOwners = new Map<string, number>();
  private characters = 0;

  add(record: OpenRecord, ended: Outcome): void {
    const owned = this.ofOwners.get(record.owner) ?? 0;
    const room = Math.min(MAX_ANSWER, MAX_OF_PROJECT - owned, MAX_OF_ALL - this.characters);
    const characters = roughSize([ended.data, ended.error], room);
    if (characters > room) this.keep(record, { record, ended: withoutAnswer(ended) }, 0);
    else this.keep(record, { record, ended }, characters);
  }

  /** An attempt whose end was stored, so that no retry is told another one. */
  addStored(record: OpenRecord): void {
    this.keep(record, undefined, 0);
  }

  has(subject: string): boolean {
    return this.kept.has(subject);
  }

  get(subject: string): RecentAnswer | undefined {
    return this.kept.get(subject)?.answer;
  }

  all(): RecentAnswer[] {
    this.forgetOld();
    return [...this.kept.values()].flatMap(({ answer }) => answer ?? []);
  }

  private keep({ owner, subject }: OpenRecord, answer: RecentAnswer | undefined, characters: number): void {
    this.forgetOld();
    this.kept.set(subject, { owner, at: Date.now(), answer, characters });
    this.ofOwners.set(owner, (this.ofOwners.get(owner) ?? 0) + characters);
    this.characters += characters;
  }

  private forgetOld(): void {
    const before = Date.now() - GRACE_MS;
    for (const [subject, { owner, at, characters }] of this.kept) {
      if (at > before && this.kept.size < MAX_ATTEMPTS) return;
      this.kept.delete(subject);
      this.characters -= characters;
      const owned = (this.ofOwners.get(owner) ?? 0) - characters;
      if (owned > 0) this.ofOwners.set(owner, owned);
      else this.ofOwners.delete(owner);
    }
  }
}

function withoutAnswer({ at, lost, released }: Outcome): Outcome {
  return { at, lost, released, dropped: true };
}

/** About the characters of a value's JSON, counted no further than over the limit. */
function roughSize(value: unknown, limit: number): number {
  let size = 0;
  const open = [value];
  while (open.length > 0 && size <= limit) {
    const next = open.pop();
    if (next instanceof RawJson) size += next.text.length;
    else size += typeof next === 'string' ? next.length : 8;
    if (hasParts(next)) {
      for (const [key, part] of Object.entries(next)) {
        size += key.length;
        open.push(part);
      }
    }
  }
  return size;
}
