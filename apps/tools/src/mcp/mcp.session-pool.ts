import { LRUCache } from 'lru-cache';
import { isOver, type McpSession } from './mcp.session.js';

/** Whose session it is, and what it shows its server. */
export interface SessionKey {
  /** Project and slug. */
  toolkit: string;
  /** The toolkit, its server, the account and the user. */
  name: string;
  /** Names the headers that are sent, without telling them. */
  shown: string;
}

interface Held {
  toolkit: string;
  shown: string;
  listens: boolean;
  session: Promise<McpSession>;
  /** Calls under way in it. */
  calls: number;
  isRetired: boolean;
}

const SESSIONS_KEPT = 500;
const IDLE_MS = 15 * 60_000;

/**
 * Sessions that are kept between calls. One serves one user with one credential: a call that shows anything else
 * gets a new one in its place, and the old one ends when the calls in it have.
 */
export class McpSessionPool {
  private readonly kept = new LRUCache<string, Held>({
    max: SESSIONS_KEPT,
    ttl: IDLE_MS,
    updateAgeOnGet: true,
    ttlAutopurge: true,
    dispose: (held) => {
      held.isRetired = true;
      closeWhenIdle(held);
    },
  });

  /**
   * A session that turns out to be over is not used again.
   * @param open told whether the session is to hear what its server says by itself: one a toolkit is enough, as each
   *   holds a connection for as long as it lives
   */
  async use<T>(
    key: SessionKey,
    open: (listens: boolean) => Promise<McpSession>,
    work: (session: McpSession) => Promise<T>,
  ): Promise<T> {
    const held = this.held(key, open);
    held.calls += 1;
    try {
      return await work(await held.session);
    } catch (error) {
      if (isOver(error)) this.drop(key.name, held);
      throw error;
    } finally {
      held.calls -= 1;
      closeWhenIdle(held);
    }
  }

  /** No call begins any more in the toolkit's sessions. */
  forget(toolkit: string): void {
    const names = [...this.kept.keys()].filter((name) => this.kept.peek(name)?.toolkit === toolkit);
    for (const name of names) this.kept.delete(name);
  }

  clear(): void {
    this.kept.clear();
  }

  private held({ toolkit, name, shown }: SessionKey, open: (listens: boolean) => Promise<McpSession>): Held {
    const known = this.kept.get(name);
    if (known?.shown === shown) return known;
    this.kept.delete(name);
    const listens = ![...this.kept.values()].some((other) => other.toolkit === toolkit && other.listens);
    const held: Held = { toolkit, shown, listens, session: open(listens), calls: 0, isRetired: false };
    this.kept.set(name, held);
    held.session.catch(() => this.drop(name, held));
    return held;
  }

  /** Another call may have seen it first, and begun the new one already. */
  private drop(name: string, held: Held): void {
    if (this.kept.peek(name) === held) this.kept.delete(name);
  }
}

function closeWhenIdle(held: Held): void {
  if (!held.isRetired || held.calls > 0) return;
  void held.session.then((session) => session.close()).catch(() => undefined);
}
