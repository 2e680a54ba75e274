import { Injectable } from '@nestjs/common';
import type { FailingAccount, getActivity, InputOf, OutputOf } from '@patchbay/contracts';
import { DataSource } from 'typeorm';
import { figuresOf, type Counted } from './figures.js';

const MINUTE_MS = 60_000;
/** What one point may stand for: whole five minutes, in which calls are counted. */
const STEPS_MS = [5, 15, 60, 360, 1_440, 10_080].map((minutes) => minutes * MINUTE_MS);
const MOST_POINTS = 100;
const LATEST_FAILURES = 1_000;
const MOST_ACCOUNTS = 10;

type Query = InputOf<typeof getActivity>;

/** What a project's calls did over time. Reads what was counted when they ended, and never the calls one by one. */
@Injectable()
export class ActivityService {
  constructor(private readonly dataSource: DataSource) {}

  async get(query: Query): Promise<OutputOf<typeof getActivity>> {
    const stepMs = stepFor(query.to - query.from);
    const [rows, failingAccounts] = await Promise.all([
      this.counted(query, stepMs),
      this.failingAccounts(query),
    ]);
    const byTime = new Map<number, Counted[]>();
    for (const row of rows) byTime.set(row.at.getTime(), [...(byTime.get(row.at.getTime()) ?? []), row]);
    return {
      stepMs,
      total: figuresOf(rows),
      points: [...byTime].map(([at, counted]) => ({ at: new Date(at).toISOString(), ...figuresOf(counted) })),
      failingAccounts,
    };
  }

  private async counted({ projectId, from, to }: Query, stepMs: number): Promise<(Counted & { at: Date })[]> {
    const rows = await this.dataSource.query<{ at: Date; latency: number; calls: string; failed: string }[]>(
      `SELECT date_bin($4 * interval '1 millisecond', at, 'epoch') AS at, latency, sum(calls) AS calls, sum(failed) AS failed
       FROM call_times WHERE project_id = $1 AND at >= $2 AND at < $3 GROUP BY 1, 2 ORDER BY 1, 2`,
      [projectId, new Date(from), new Date(to), stepMs],
    );
    return rows.map(({ at, latency, calls, failed }) => ({
      at,
      latency,
      calls: Number(calls),
      failed: Number(failed),
    }));
  }

  private async failingAccounts({ projectId, from, to }: Query): Promise<FailingAccount[]> {
    const rows = await this.dataSource.query<(Omit<FailingAccount, 'lastFailedAt'> & { last: Date })[]>(
      `SELECT connection_id AS "connectionId", toolkit, user_id AS "userId", count(*)::int AS failed, max(started_at) AS last
       FROM (SELECT connection_id, toolkit, user_id, started_at, status FROM calls
         WHERE project_id = $1 AND started_at >= $2 AND started_at < $3 AND status <> 'success'
         ORDER BY started_at DESC, id DESC LIMIT ${LATEST_FAILURES}) latest
       WHERE status = 'failed' AND connection_id IS NOT NULL
       GROUP BY 1, 2, 3 ORDER BY failed DESC, last DESC LIMIT ${MOST_ACCOUNTS}`,
      [projectId, new Date(from), new Date(to)],
    );
    return rows.map(({ last, ...row }) => ({ ...row, lastFailedAt: last.toISOString() }));
  }
}

function stepFor(lengthMs: number): number {
  return STEPS_MS.find((stepMs) => lengthMs / stepMs <= MOST_POINTS) ?? STEPS_MS.at(-1) ?? MINUTE_MS;
}
