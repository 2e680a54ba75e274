import { clipText, type CallFinished, type EventEnvelope } from '@patchbay/contracts';

export type CallEndEvent = EventEnvelope<CallFinished>;
interface Waiting {
  event: CallEndEvent;
  characters: number;
}

const MAX_ENDS = 10_000;
const MAX_CHARACTERS = 16 * 1024 * 1024;
const SHORT_ERROR_CHARACTERS = 1_000;
const SHORT_TEXT_CHARACTERS = 500;

/** An end with all that makes its row, and nothing of what the call was given and gave. */
export function shortEnd(event: CallEndEvent): CallEndEvent {
  const { data } = event;
  const texts = Object.entries(data).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'string' ? clipText(value, SHORT_TEXT_CHARACTERS) : value,
  ]);
  return {
    ...event,
    data: {
      ...(Object.fromEntries(texts) as CallFinished),
      parent: data.parent && {
        logId: clipText(data.parent.logId, SHORT_TEXT_CHARACTERS),
        toolSlug: clipText(data.parent.toolSlug, SHORT_TEXT_CHARACTERS),
      },
      arguments: omitted(data.arguments),
      data: omitted(data.data),
      error: data.error === null ? null : clipText(data.error, SHORT_ERROR_CHARACTERS),
    },
  };
}

/** In the form of a payload of which only the beginning is on the record. */
function omitted(payload: Record<string, unknown>): Record<string, unknown> {
  return { clipped: true, characters: JSON.stringify(payload).length, beginning: '' };
}

/**
 * Ends of calls that wait for the stream, oldest first, bounded in count and size: when they are too large
 * together, the oldest are cut to what makes their rows, and only when that is too many, the oldest are lost.
 */
export class UnpublishedEnds {
  private readonly waiting: Waiting[] = [];
  private characters = 0;
  /** All before it are cut already. */
  private firstWhole = 0;

  constructor(
    private readonly limits: { ends: number; characters: number } = {
      ends: MAX_ENDS,
      characters: MAX_CHARACTERS,
    },
  ) {}

  get size(): number {
    return this.waiting.length;
  }

  /** @returns those that are lost for it, which show as interrupted */
  add(event: CallEndEvent): CallEndEvent[] {
    const characters = JSON.stringify(event).length;
    this.waiting.push({ event, characters });
    this.characters += characters;
    while (this.characters > this.limits.characters && this.firstWhole < this.waiting.length) this.shorten();
    const lost: CallEndEvent[] = [];
    while (this.waiting.length > this.limits.ends || this.characters > this.limits.characters) {
      lost.push(...this.take(1));
    }
    return lost;
  }

  /** The oldest, which are then no longer here. */
  take(count: number): CallEndEvent[] {
    const taken = this.waiting.splice(0, count);
    for (const { characters } of taken) this.characters -= characters;
    this.firstWhole = Math.max(this.firstWhole - taken.length, 0);
    return taken.map(({ event }) => event);
  }

  private shorten(): void {
    const oldest = this.waiting[this.firstWhole];
    this.firstWhole += 1;
    if (!oldest) return;
    this.characters -= oldest.characters;
    oldest.event = shortEnd(oldest.event);
    oldest.characters = JSON.stringify(oldest.event).length;
    this.characters += oldest.characters;
  }
}
