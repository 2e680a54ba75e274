import { sessionCreated } from '@patchbay/contracts';

/*
 * Plain SQL over one JSON document a batch: a fifth of the CPU that a query builder's VALUES list takes
 * (bench/README.md). The caller sorts the rows, so that two replicas never deadlock.
 */

/**
 * One row a call, in whatever order and however often its events come. Only the end that turns a running call, or no
 * call at all, into an ended one passes the WHERE and is returned, so that usage counts each call once.
 */
export const INSERT_CALLS = `
  WITH ended AS (
    INSERT INTO calls (id, started_at, project_id, user_id, session_id, request_id, trace_id, toolkit, tool_slug,
      parent, sandbox_id, connection_id, auth_config_id, status, finished_at, duration_ms, error, arguments, data)
    SELECT id, "startedAt", "projectId", "userId", "sessionId", "requestId", "traceId", toolkit, "toolSlug",
      parent, "sandboxId", "connectionId", "authConfigId", status, "finishedAt", "durationMs", error, arguments, data
    FROM jsonb_to_recordset($1::jsonb) AS given (id text, "startedAt" timestamptz, "projectId" text, "userId" text,
      "sessionId" text, "requestId" text, "traceId" text, toolkit text, "toolSlug" text, parent jsonb,
      "sandboxId" text, "connectionId" text, "authConfigId" text, status text, "finishedAt" timestamptz,
      "durationMs" integer, error text, arguments jsonb, data jsonb)
    ON CONFLICT (started_at, id) DO UPDATE SET connection_id = excluded.connection_id,
      auth_config_id = excluded.auth_config_id, status = excluded.status, finished_at = excluded.finished_at,
      duration_ms = excluded.duration_ms, error = excluded.error, data = excluded.data
    WHERE calls.status = 'running' AND excluded.status <> 'running'
    RETURNING project_id, started_at, (started_at AT TIME ZONE 'UTC')::date AS day, user_id, toolkit, tool_slug, status, duration_ms
  ), of_times AS (
    INSERT INTO call_times (project_id, at, latency, calls, failed)
    SELECT project_id, date_bin('5 minutes', started_at, 'epoch'), round(log(2, greatest(duration_ms, 1)::numeric) * 8)::smallint,
      count(*), count(*) FILTER (WHERE status = 'failed')
    FROM ended WHERE status <> 'running'
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (project_id, at, latency) DO UPDATE SET calls = call_times.calls + excluded.calls,
      failed = call_times.failed + excluded.failed
  ), of_users AS (
    INSERT INTO usage (project_id, day, user_id, toolkit, calls, failed, duration_ms)
    SELECT project_id, day, user_id, toolkit, count(*), count(*) FILTER (WHERE status = 'failed'), sum(duration_ms)
    FROM ended WHERE status <> 'running'
    GROUP BY project_id, day, user_id, toolkit ORDER BY project_id, day, user_id, toolkit
    ON CONFLICT (project_id, day, user_id, toolkit) DO UPDATE SET calls = usage.calls + excluded.calls,
      failed = usage.failed + excluded.failed, duration_ms = usage.duration_ms + excluded.duration_ms
  ), of_tools AS (
    INSERT INTO tool_usage (project_id, day, toolkit, tool_slug, calls, failed, duration_ms)
    SELECT project_id, day, toolkit, tool_slug, count(*), count(*) FILTER (WHERE status = 'failed'), sum(duration_ms)
    FROM ended WHERE status <> 'running'
    GROUP BY project_id, day, toolkit, tool_slug ORDER BY project_id, day, toolkit, tool_slug
    ON CONFLICT (project_id, day, toolkit, tool_slug) DO UPDATE SET calls = tool_usage.calls + excluded.calls,
      failed = tool_usage.failed + excluded.failed, duration_ms = tool_usage.duration_ms + excluded.duration_ms
  )
  INSERT INTO usage_by_day (project_id, day, toolkit, calls, failed, duration_ms)
  SELECT project_id, day, toolkit, count(*), count(*) FILTER (WHERE status = 'failed'), sum(duration_ms)
  FROM ended WHERE status <> 'running'
  GROUP BY project_id, day, toolkit ORDER BY project_id, day, toolkit
  ON CONFLICT (project_id, day, toolkit) DO UPDATE SET calls = usage_by_day.calls + excluded.calls,
    failed = usage_by_day.failed + excluded.failed, duration_ms = usage_by_day.duration_ms + excluded.duration_ms`;

/** Usage counts a session once, when the event of its creation is new. */
export const INSERT_EVENTS = `
  WITH kept AS (
    INSERT INTO events (at, id, project_id, session_id, user_id, connection_id, request_id, subject, data)
    SELECT at, id, "projectId", "sessionId", "userId", "connectionId", "requestId", subject, data
    FROM jsonb_to_recordset($1::jsonb) AS given (at timestamptz, id text, "projectId" text, "sessionId" text,
      "userId" text, "connectionId" text, "requestId" text, subject text, data jsonb)
    ON CONFLICT (at, id) DO NOTHING
    RETURNING project_id, (at AT TIME ZONE 'UTC')::date AS day, user_id, subject
  )
  INSERT INTO session_usage (project_id, day, user_id, sessions)
  SELECT project_id, day, user_id, count(*)
  FROM kept WHERE subject = '${sessionCreated.subject}' AND user_id IS NOT NULL
  GROUP BY project_id, day, user_id ORDER BY project_id, day, user_id
  ON CONFLICT (project_id, day, user_id) DO UPDATE SET sessions = session_usage.sessions + excluded.sessions`;

export const INSERT_AUDIT = `
  INSERT INTO audit (at, id, project_id, action, actor_kind, actor_key_id, actor_name, actor_person_id, address,
    target_type, target_id, target_user_id, changed, outcome, reason, request_id)
  SELECT at, id, "projectId", action, "actorKind", "actorKeyId", "actorName", "actorPersonId", address, "targetType",
    "targetId", "targetUserId", changed, outcome, reason, "requestId"
  FROM jsonb_to_recordset($1::jsonb) AS given (at timestamptz, id text, "projectId" text, action text,
    "actorKind" text, "actorKeyId" text, "actorName" text, "actorPersonId" text, address text, "targetType" text, "targetId" text,
    "targetUserId" text, changed jsonb, outcome text, reason text, "requestId" text)
  ON CONFLICT (at, id) DO NOTHING`;

/** @returns the subjects of those that were not known before */
export const INSERT_REJECTIONS = `
  INSERT INTO rejected_events (subject, sequence, published_at, reason, body)
  SELECT subject, sequence, "publishedAt", reason, body
  FROM jsonb_to_recordset($1::jsonb) AS given (subject text, sequence bigint, "publishedAt" timestamptz,
    reason text, body text)
  ON CONFLICT (published_at, sequence) DO NOTHING
  RETURNING subject`;
