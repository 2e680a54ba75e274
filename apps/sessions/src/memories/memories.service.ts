import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { memoriesChanged } from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { EventCache, NatsClient } from '@patchbay/service';
import { In, type EntityManager, type Repository } from 'typeorm';
import { Memory } from './memory.entity.js';

/** A model would not read more; the oldest facts are dropped. */
const FACTS_PER_TOOLKIT = 50;
const TOOLKITS_PER_SESSION = 100;

/** Of most sessions it is known that there is nothing to remember. */
const CACHE = { max: 20_000, ttlMs: 30_000 };

/** The facts that models store in a session, which its searches answer again. */
@Injectable()
export class MemoriesService {
  /** The toolkits of which a session remembers something: the facts themselves may be megabytes. */
  private readonly toolkits: EventCache<ReadonlySet<string>>;

  constructor(
    @InjectRepository(Memory) private readonly memories: Repository<Memory>,
    private readonly transactions: Transactions,
    nats: NatsClient,
  ) {
    this.toolkits = new EventCache(nats, {
      ...CACHE,
      load: async (sessionId) => {
        const rows = await this.memories.find({ select: { toolkit: true }, where: { sessionId } });
        return new Set(rows.map(({ toolkit }) => toolkit));
      },
    });
  }

  async remember(
    { id: sessionId, projectId }: { id: string; projectId: string },
    facts: Record<string, string[]>,
  ): Promise<void> {
    const given = Object.entries(facts)
      .filter(([, added]) => added.length > 0)
      .map(([toolkit, added]) => [toolkit.toLowerCase(), added] as const)
      // In one order by all, so that two never wait for each other.
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    if (given.length === 0) return;
    await this.transactions.run(async (manager, emit) => {
      for (const [toolkit, added] of given) await this.add(manager, sessionId, toolkit, added);
      await emit(memoriesChanged, projectId, { sessionId });
    });
    this.forget(sessionId);
  }

  async recall(sessionId: string, toolkits: string[]): Promise<Record<string, string[]>> {
    const remembered = await this.toolkits.get(sessionId);
    const wanted = toolkits.filter((toolkit) => remembered.has(toolkit));
    if (wanted.length === 0) return {};
    const rows = await this.memories.findBy({ sessionId, toolkit: In(wanted) });
    return Object.fromEntries(rows.map(({ toolkit, facts }) => [toolkit, facts]));
  }

  /** A session remembers something new. */
  forget(sessionId: string): void {
    this.toolkits.drop(sessionId);
  }

  /** In one statement, so that concurrent writers lose nothing; a fact that is stored already moves to the end. */
  private async add(
    manager: EntityManager,
    sessionId: string,
    toolkit: string,
    facts: string[],
  ): Promise<void> {
    await manager.query(
      `INSERT INTO session_memories AS known (session_id, toolkit, facts)
       SELECT $1, $2, $3::text[]
       WHERE EXISTS (SELECT FROM session_memories WHERE session_id = $1 AND toolkit = $2)
          OR (SELECT count(*) FROM session_memories WHERE session_id = $1) < $5
       ON CONFLICT (session_id, toolkit) DO UPDATE SET facts = (
         SELECT (array_agg(fact ORDER BY place))[greatest(1, count(*) - $4 + 1):]
         FROM (
           SELECT fact, max(place) AS place
           FROM unnest(known.facts || excluded.facts) WITH ORDINALITY AS listed (fact, place)
           GROUP BY fact
         ) AS distinct_facts
       )`,
      [
        sessionId,
        toolkit,
        [...new Set(facts)].slice(-FACTS_PER_TOOLKIT),
        FACTS_PER_TOOLKIT,
        TOOLKITS_PER_SESSION,
      ],
    );
  }
}
