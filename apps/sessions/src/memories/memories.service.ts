import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { Memory } from './memory.entity.js';

/** More than this a model would not read: the oldest facts go first. */
const FACTS_A_TOOLKIT = 50;
const TOOLKITS_A_SESSION = 100;

/** What a session remembers: facts that models wrote down, answered again by its searches. */
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

  /** In one statement, so that two writers at once lose nothing; a fact that is known already moves to the end. */
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
      [sessionId, toolkit, [...new Set(facts)].slice(-FACTS_A_TOOLKIT), FACTS_A_TOOLKIT, TOOLKITS_A_SESSION],
    );
  }
}
