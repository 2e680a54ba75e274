import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { Memory } from './memory.entity.js';

/** A model would not read more; the oldest facts are dropped. */
const FACTS_PER_TOOLKIT = 50;
const TOOLKITS_PER_SESSION = 100;

/** The facts that models store in a session, which its searches answer again. */
@Injectable()
export class MemoriesService {
  constructor(@InjectRepository(Memory) private readonly memories: Repository<Memory>) {}

  async remember(sessionId: string, facts: Record<string, string[]>): Promise<void> {
    for (const [toolkit, added] of Object.entries(facts)) {
      if (added.length > 0) await this.add(sessionId, toolkit.toLowerCase(), added);
    }
  }

  async recall(sessionId: string, toolkits: string[]): Promise<Record<string, string[]>> {
    if (toolkits.length === 0) return {};
    const rows = await this.memories.findBy({ sessionId, toolkit: In(toolkits) });
    return Object.fromEntries(rows.map(({ toolkit, facts }) => [toolkit, facts]));
  }

  /** In one statement, so that concurrent writers lose nothing; a fact that is stored already moves to the end. */
  private async add(sessionId: string, toolkit: string, facts: string[]): Promise<void> {
    await this.memories.query(
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
