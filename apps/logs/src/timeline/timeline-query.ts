const EVENT_COLUMNS = `at, id, subject AS event, user_id AS "userId", request_id AS "requestId",
  connection_id AS "connectionId", data->>'toolkit' AS toolkit, NULL AS "toolSlug", NULL AS status, NULL AS error,
  NULL::integer AS "durationMs", NULL AS "parentId", data AS detail`;
const IN_ORDER = 'ORDER BY at, id LIMIT $5';

/**
 * $1 project, $2 session, $3 and $4 the last entry seen, $5 how many. Later events of an
 * account, such as its sign-in in a browser, carry no session: they belong to the one in which the account was linked.
 * Each part has its own limit, so that each reads only the beginning of its index.
 */
export const TIMELINE_QUERY = `
  WITH linked AS (
    SELECT connection_id, min(at) AS since FROM events
    WHERE project_id = $1 AND session_id = $2 AND connection_id IS NOT NULL GROUP BY connection_id
  )
  SELECT * FROM (
    (SELECT ${EVENT_COLUMNS} FROM events
     WHERE project_id = $1 AND session_id = $2 AND (at, id) > ($3::timestamptz, $4) ${IN_ORDER})
    UNION ALL
    (SELECT ${EVENT_COLUMNS} FROM events JOIN linked USING (connection_id)
     WHERE project_id = $1 AND session_id IS NULL AND at >= since AND (at, id) > ($3::timestamptz, $4) ${IN_ORDER})
    UNION ALL
    (SELECT started_at AS at, id, NULL AS event, user_id AS "userId", request_id AS "requestId",
       connection_id AS "connectionId", toolkit, tool_slug AS "toolSlug", status, error,
       duration_ms AS "durationMs", parent->>'logId' AS "parentId", NULL::jsonb AS detail
     FROM calls
     WHERE project_id = $1 AND session_id = $2 AND (started_at, id) > ($3::timestamptz, $4)
     ORDER BY started_at, id LIMIT $5)
  ) AS timeline ${IN_ORDER}`;
