import {
  AUDIT_SUBJECT,
  AuditEntry,
  CallFinished,
  CallStarted,
  describeIssues,
  EventEnvelope,
} from '@patchbay/contracts';
import { z } from 'zod';
import type { AuditRecord } from '../audit/index.js';
import type { Call } from '../calls/index.js';
import type { StreamMessage } from '../stream/index.js';
import type { RecordedEvent } from '../timeline/index.js';
import { parseStorable, storable } from './storable.js';

export type CallRow = { [Column in keyof Call]: Call[Column] };
export type EventRow = { [Column in keyof RecordedEvent]: RecordedEvent[Column] };
export type AuditRow = { [Column in keyof AuditRecord]: AuditRecord[Column] };
export interface Rejection {
  subject: string;
  sequence: number;
  publishedAt: Date;
  reason: string;
  body: string;
}

/** One line of a message. */
interface Source {
  message: StreamMessage;
  line: string;
}

/** The row that an event of the stream becomes, or why it becomes none. */
export type ParsedEvent =
  | { kind: 'call'; at: Date; row: CallRow; source: Source }
  | { kind: 'event'; at: Date; row: EventRow; source: Source }
  | { kind: 'audit'; at: Date; row: AuditRow; source: Source }
  | { kind: 'rejected'; rejection: Rejection };

const CALL_SUBJECT = /^events\.[a-z]+\.call\.(started|finished)$/;
const MAX_BODY_CHARACTERS = 64 * 1024;
const MAX_REASON_CHARACTERS = 2_000;

/** The ids by which events are looked up, where their data has them. */
const EventKeys = z.object({
  sessionId: z.string().optional(),
  userId: z.string().optional(),
  connectionId: z.string().optional(),
});
const Envelope = EventEnvelope.extend({ at: z.iso.datetime(), data: z.record(z.string(), z.unknown()) });

/** An event that cannot be parsed is rejected at once, as a retry would not help. */
export function parseMessage(message: StreamMessage): ParsedEvent[] {
  const lines = message.string().split('\n');
  return lines.map((line) => parseEvent({ message, line }));
}

function parseEvent(source: Source): ParsedEvent {
  const { message, line } = source;
  try {
    const envelope = Envelope.parse(parseStorable(line));
    if (AUDIT_SUBJECT.test(message.subject)) {
      return { kind: 'audit', at: new Date(envelope.at), row: toAudit(envelope), source };
    }
    const stage = CALL_SUBJECT.exec(message.subject)?.[1];
    if (!stage) return { kind: 'event', at: new Date(envelope.at), row: toEvent(message, envelope), source };
    const { data } = envelope;
    const row = stage === 'started' ? fromStart(CallStarted.parse(data)) : fromEnd(CallFinished.parse(data));
    return { kind: 'call', at: row.startedAt, row, source };
  } catch (error) {
    return { kind: 'rejected', rejection: rejectionOf(source, error) };
  }
}

export function rejectionOf({ message, line }: Source, error: unknown): Rejection {
  const reason =
    error instanceof z.ZodError
      ? describeIssues(error).join('; ')
      : error instanceof Error
        ? error.message
        : String(error);
  return {
    subject: message.subject,
    sequence: message.seq,
    publishedAt: new Date(message.info.timestampNanos / 1e6),
    reason: storable(reason).slice(0, MAX_REASON_CHARACTERS),
    body: storable(line).slice(0, MAX_BODY_CHARACTERS),
  };
}

function toEvent({ subject }: StreamMessage, envelope: z.output<typeof Envelope>): EventRow {
  const keys = EventKeys.catch({}).parse(envelope.data);
  return {
    at: new Date(envelope.at),
    id: envelope.id,
    projectId: envelope.projectId,
    sessionId: keys.sessionId ?? envelope.sessionId,
    userId: keys.userId ?? null,
    connectionId: keys.connectionId ?? null,
    requestId: envelope.requestId,
    subject,
    data: envelope.data,
  };
}

function toAudit({ id, at, requestId, data }: z.output<typeof Envelope>): AuditRow {
  const { actor, target, ...entry } = AuditEntry.parse(data);
  return {
    ...entry,
    id,
    at: new Date(at),
    actorKind: actor.kind,
    actorKeyId: actor.keyId,
    actorName: actor.name,
    actorPersonId: actor.personId ?? null,
    targetType: target.type,
    targetId: target.id,
    targetUserId: target.userId,
    requestId,
  };
}

function fromStart(call: CallStarted): CallRow {
  return {
    id: call.logId,
    startedAt: new Date(call.startedAt),
    projectId: call.projectId,
    userId: call.userId,
    sessionId: call.sessionId,
    requestId: call.requestId,
    traceId: call.traceId,
    toolkit: call.toolkit,
    toolSlug: call.toolSlug,
    parent: call.parent,
    sandboxId: call.sandboxId,
    arguments: call.arguments,
    connectionId: null,
    authConfigId: null,
    status: 'running',
    finishedAt: null,
    durationMs: null,
    error: null,
    data: null,
  };
}

function fromEnd(call: CallFinished): CallRow {
  const { connectionId, authConfigId, status, durationMs, error, data } = call;
  return {
    ...fromStart(call),
    connectionId,
    authConfigId,
    status,
    durationMs: Math.round(durationMs),
    error,
    data,
    finishedAt: new Date(call.finishedAt),
  };
}
