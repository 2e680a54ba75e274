import {
  ActorKind,
  AuditAction,
  AuditEntry,
  AuditTarget,
  RejectedEvent,
  TimelineEntry,
} from '@patchbay/contracts';
import { z } from 'zod';

/* What the record answers on the wire (docs/api/logs.md#a-call). */

const log = {
  id: z.string(),
  timestamp: z.string(),
  type: z.literal('tool_execution'),
  status: z.enum(['running', 'success', 'failed']),
  level: z.enum(['info', 'error']),
  message: z.string().optional(),
  metadata: z.object({
    user_id: z.string(),
    session_id: z.string().optional(),
    request_id: z.string(),
    toolkit_slug: z.string(),
    tool_slug: z.string(),
    connected_account_id: z.string().optional(),
    auth_config_id: z.string().optional(),
    sandbox_id: z.string().optional(),
  }),
  metrics: z.object({
    start_time: z.int(),
    end_time: z.int().optional(),
    duration_ms: z.number().optional(),
  }),
  parent: z
    .object({ log_id: z.string(), tool_slug: z.string() })
    .nullable()
    .describe('The call inside which this one was made.'),
};

export const LogAnswer = z.object(log).meta({ id: 'Log', description: 'A call.' });

export const LogsAnswer = z.object({ logs: z.array(LogAnswer), next_cursor: z.string().nullable() });

export const LogDetailAnswer = z
  .object({
    ...log,
    timings: z.object({ start_time: z.int(), end_time: z.int() }).optional(),
    context: z.object({
      session_id: z.string().optional(),
      trace_id: z.string().optional(),
      request_id: z.string(),
    }),
    source: z.object({}),
    data: z.object({
      request: z.record(z.string(), z.unknown()),
      response: z.record(z.string(), z.unknown()).nullable(),
    }),
  })
  .meta({ id: 'LogDetail', description: 'A call with all that is known of it.' });

const App = z.object({ icon: z.string(), name: z.string() });
export const ExecutionsAnswer = z.object({
  data: z.array(
    z
      .object({
        id: z.string(),
        actionKey: z.string(),
        appKey: z.string(),
        app: App,
        connectedAccountId: z.string(),
        entityId: z.string(),
        status: z.enum(['success', 'failed']),
        executionTime: z.number(),
        minimalResponse: z.string(),
        createdAt: z.int(),
      })
      .meta({ id: 'Execution' }),
  ),
  nextCursor: z.number().nullable(),
});

export const ExecutionDetailAnswer = z
  .object({
    actionId: z.string(),
    actionLogId: z.string(),
    app: App.extend({ uniqueId: z.string() }),
    connection: z.object({ id: z.string(), entity: z.string() }),
    startTime: z.int(),
    endTime: z.int(),
    totalDuration: z.string(),
    status: z.enum(['success', 'error', 'warning', 'info']),
    error: z.object({ message: z.string().optional() }),
    payloadReceived: z.record(z.string(), z.unknown()),
    response: z.record(z.string(), z.unknown()),
    session: z.object({ id: z.string().optional() }),
    executionMetadata: z.object({
      request_id: z.string(),
      trace_id: z.string().optional(),
      parent_log_id: z.string().optional(),
      sandbox_id: z.string().optional(),
    }),
    steps: z.array(
      z.object({
        type: z.literal('tool_execution'),
        status: z.enum(['success', 'error']),
        message: z.string(),
        startTime: z.int(),
        endTime: z.int(),
        totalDuration: z.number(),
      }),
    ),
    version: z.string(),
  })
  .meta({ id: 'ExecutionDetail' });

export const ExecutionFieldsAnswer = z.object({
  fields: z.object({
    action_execution: z.array(
      z.object({ id: z.string(), displayName: z.string(), type: z.literal('string') }),
    ),
  }),
});

export const ActAnswer = z
  .object({
    id: z.string(),
    timestamp: z.string(),
    action: AuditAction,
    outcome: AuditEntry.shape.outcome.unwrap(),
    project_id: z.string().nullable(),
    actor: z.object({
      kind: ActorKind,
      key_id: z.string().nullable(),
      name: z.string().nullable(),
      person_id: z.string().nullable(),
    }),
    target: z.object({ type: AuditTarget.shape.type, id: z.string(), user_id: z.string().nullable() }),
    changed: z.array(z.string()).describe('Names of fields, never what is in them.'),
    reason: z.string().nullable(),
    request_id: z.string().nullable(),
    client_address: z.string().nullable(),
  })
  .meta({ id: 'AuditEvent', description: 'An act of administration.' });

export const ActsAnswer = z.object({ items: z.array(ActAnswer), next_cursor: z.string().nullable() });

export const RejectedEventsAnswer = z.object({
  items: z.array(
    RejectedEvent.omit({ publishedAt: true, rejectedAt: true })
      .extend({ published_at: z.string(), rejected_at: z.string() })
      .meta({ id: 'RejectedEvent' }),
  ),
  total_items: z.int(),
  next_cursor: z.string().nullable(),
});

export const TimelineEntryAnswer = z
  .object({
    at: z.string(),
    kind: TimelineEntry.shape.kind,
    log_id: z.string().optional().describe('Of a call.'),
    event_id: z.string().optional().describe('Of anything else.'),
    event: z.string().optional(),
    user_id: z.string().nullable(),
    request_id: z.string().nullable(),
    connected_account_id: z.string().nullable(),
    toolkit_slug: z.string().nullable(),
    tool_slug: z.string().nullable(),
    status: z.string().nullable(),
    message: z.string().nullable(),
    duration_ms: z.number().nullable(),
    parent_log_id: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'TimelineEntry' });

export const TimelineAnswer = z.object({
  items: z.array(TimelineEntryAnswer),
  next_cursor: z.string().nullable(),
});

const totals = {
  total_quantity: z.string().describe('As text: other units may have fractions.'),
  event_count: z.int(),
  failed_count: z.int().optional().describe('Of calls.'),
  duration_ms: z.number().optional().describe('Of calls, all together.'),
};
export const UsageSummaryAnswer = z
  .object({
    entities: z.record(z.string(), z.object({ unit: z.string(), ...totals })),
    instant_charge: z.literal('0').describe('What the hosted service would have charged, in USD.'),
  })
  .meta({ id: 'UsageSummary', description: 'How much was used, by what is counted.' });
export const UsageBreakdownAnswer = z
  .object({
    entity_type: z.string(),
    unit: z.string(),
    ...totals,
    groups: z.array(z.object({ key: z.string(), ...totals })),
  })
  .meta({ id: 'UsageBreakdown', description: 'How much was used of one thing, and by whom or when.' });

/** A whole list as a file. */
export const EXPORTED = {
  description: 'One JSON a line, newest first. What broke off lacks its last chunk.',
  type: 'application/x-ndjson',
};
/** The same as `format` asks for it. */
export const EXPORTED_ACTS = {
  description: 'One JSON a line, or CSV, newest first. What broke off lacks its last chunk.',
  type: ['application/x-ndjson', 'text/csv'],
};
