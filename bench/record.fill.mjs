// Fills the record with made-up calls: loaded without indices and indexed afterwards, as a restore would be.

const DAYS = 30;
const CALLS_A_SESSION = 20;
const USERS = 20_000;

/**
 * @param {(text: string, values?: unknown[]) => Promise<Record<string, any>[]>} sql
 * @param {{ rows: number, projectId: string, isAlone?: boolean, onProgress: (text: string) => void }} options
 *   `isAlone`: all of them are the project's, instead of two fifths
 */
export async function fillRecord(sql, { rows, projectId, isAlone = false, onProgress }) {
  const indices = await sql(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
     FROM pg_index WHERE indrelid = 'logs.calls'::regclass AND NOT indisprimary`,
  );
  for (const { name } of indices) await sql(`DROP INDEX ${name}`);
  const today = Math.floor(Date.now() / 86_400_000);
  const of = (statement) => (isAlone ? statement.replaceAll(PROJECT, '$1::text') : statement);
  const perDay = Math.ceil(rows / DAYS);
  for (let ago = DAYS - 1; ago >= 0; ago -= 1) {
    const [day, next] = [today - ago, today - ago + 1].map(dayOf);
    onProgress(`calls of ${day}`);
    await sql(
      `CREATE TABLE IF NOT EXISTS logs.calls_${day.replaceAll('-', '')} PARTITION OF logs.calls FOR VALUES FROM ('${day}Z') TO ('${next}Z')`,
    );
    await sql(of(CALLS), [projectId, day, (DAYS - 1 - ago) * perDay, perDay]);
  }
  for (const { name, definition } of indices) {
    onProgress(`index ${name}`);
    // Of the table alone, as Postgres tells it, an index would be of none of its partitions.
    await sql(definition.replace(' ON ONLY ', ' ON '));
  }
  onProgress('sessions and usage');
  await sql(of(EVENTS), [projectId, Math.floor(rows / CALLS_A_SESSION)]);
  await sql(USAGE);
  await sql(USAGE_BY_DAY);
  await sql(TOOL_USAGE);
  await sql(CALL_TIMES);
  await sql(SESSION_USAGE);
  await sql('VACUUM ANALYZE logs.calls');
  await sql('ANALYZE logs.events');
  await sql('ANALYZE logs.usage');
  await sql('ANALYZE logs.usage_by_day');
  await sql('ANALYZE logs.tool_usage');
  await sql('ANALYZE logs.call_times');
  await sql('ANALYZE logs.session_usage');
}

function dayOf(days) {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

const PROJECT = `CASE WHEN s % 5 < 2 THEN $1 ELSE 'proj_' || s % 50 END`;
/** A fixed but scattered choice: neighbours in time are not neighbours in it. */
const USER = `'user_' || (s * 7919) % ${USERS}`;

/** Two fifths of the sessions are the project's that is asked about; 40 toolkits with ten tools each. */
const CALLS = `
  INSERT INTO logs.calls (id, started_at, project_id, user_id, session_id, request_id, trace_id, toolkit, tool_slug,
    connection_id, auth_config_id, status, finished_at, duration_ms, error, arguments, data)
  SELECT 'log_' || i, at, ${PROJECT}, ${USER}, 'trs_' || s, 'req_' || i, md5(i::text), 'toolkit' || t,
    'TOOLKIT' || t || '_TOOL_' || i % 10, 'ca_' || (s * 7919) % ${USERS} || '_' || t, 'ac_' || t,
    CASE WHEN i % 33 = 0 THEN 'failed' ELSE 'success' END, at + interval '150 ms', 50 + i % 400,
    CASE WHEN i % 33 = 0 THEN 'Provider answered 404 Not Found' END,
    jsonb_build_object('owner', 'octocat', 'repo', 'repo-' || i % 1000, 'title', md5(i::text)),
    jsonb_build_object('number', i, 'url', 'https://example.com/' || i, 'body', repeat(md5(i::text), 6))
  FROM generate_series($3::bigint + 1, $3::bigint + $4::bigint) AS i,
    LATERAL (SELECT i / ${CALLS_A_SESSION} AS s, (i / ${CALLS_A_SESSION} + i % 3) % 40 AS t,
      $2::date::timestamp AT TIME ZONE 'UTC' + (i - $3::bigint) * (interval '23 hours' / $4::bigint) AS at) AS made`;

const EVENTS = `
  INSERT INTO logs.events (at, id, project_id, session_id, user_id, request_id, subject, data)
  SELECT now() - interval '1 hour', 'evt_' || s, ${PROJECT}, 'trs_' || s, ${USER}, 'req_e' || s,
    'events.sessions.session.created', jsonb_build_object('sessionId', 'trs_' || s)
  FROM generate_series(1, $2::bigint) AS s`;

const USAGE = `
  INSERT INTO logs.usage (project_id, day, user_id, toolkit, calls, failed, duration_ms)
  SELECT project_id, (started_at AT TIME ZONE 'UTC')::date, user_id, toolkit, count(*),
    count(*) FILTER (WHERE status = 'failed'), sum(duration_ms)
  FROM logs.calls GROUP BY 1, 2, 3, 4`;

const USAGE_BY_DAY = `
  INSERT INTO logs.usage_by_day (project_id, day, toolkit, calls, failed, duration_ms)
  SELECT project_id, (started_at AT TIME ZONE 'UTC')::date, toolkit, count(*),
    count(*) FILTER (WHERE status = 'failed'), sum(duration_ms)
  FROM logs.calls GROUP BY 1, 2, 3`;

const TOOL_USAGE = `
  INSERT INTO logs.tool_usage (project_id, day, toolkit, tool_slug, calls, failed, duration_ms)
  SELECT project_id, (started_at AT TIME ZONE 'UTC')::date, toolkit, tool_slug, count(*),
    count(*) FILTER (WHERE status = 'failed'), sum(duration_ms)
  FROM logs.calls GROUP BY 1, 2, 3, 4`;

/** By five minutes and eighths of a power of two, as `logs` counts them. */
const CALL_TIMES = `
  INSERT INTO logs.call_times (project_id, at, latency, calls, failed)
  SELECT project_id, date_bin('5 minutes', started_at, 'epoch'),
    round(log(2, greatest(duration_ms, 1)::numeric) * 8)::smallint, count(*), count(*) FILTER (WHERE status = 'failed')
  FROM logs.calls WHERE status <> 'running' GROUP BY 1, 2, 3 ON CONFLICT DO NOTHING`;

const SESSION_USAGE = `
  INSERT INTO logs.session_usage (project_id, day, user_id, sessions)
  SELECT project_id, (at AT TIME ZONE 'UTC')::date, user_id, count(*)
  FROM logs.events WHERE subject = 'events.sessions.session.created' AND user_id IS NOT NULL
  GROUP BY 1, 2, 3 ON CONFLICT DO NOTHING`;
