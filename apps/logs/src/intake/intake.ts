import type { JsMsg } from '@nats-io/jetstream';
import {
  AUDIT_SUBJECT,
  AuditEntry,
  CallFinished,
  CallStarted,
  describeIssues,
  EventEnvelope,
} from '@patchbay/contracts';
import { z } from 'zod';
import type { AuditRecord } from '../audit/audit-record.entity.js';
import type { Call } from '../calls/call.entity.js';
import type { RecordedEvent } from '../stories/recorded-event.entity.js';
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

/** What is read of a message of the stream. */
export type StreamMessage = Pick<JsMsg, 'subject' | 'seq' | 'string'> & {
  info: Pick<JsMsg['info'], 'timestampNanos'>;
};

/** One line of a message. */
interface Source {
  message: StreamMessage;
  line: string;
}

/** What an event of the stream becomes. */
export type Intake =
  | { kind: 'call'; at: Date; row: CallRow; source: Source }
  | { kind: 'event'; at: Date; row: EventRow; source: Source }
  | { kind: 'audit'; at: Date; row: AuditRow; source: Source }
  | { kind: 'rejected'; rejection: Rejection };

const CALL_SUBJECT = /^events\.[a-z]+\.call\.(started|finished)$/;
const MAX_BODY_CHARACTERS = 64 * 1024;
const MAX_REASON_CHARACTERS = 2_000;

/** The ids by which events are found again, wherever their data holds them. */
const EventKeys = z.object({
  sessionId: z.string().optional(),
  userId: z.string().optional(),
  connectionId: z.string().optional(),
});
const Envelope = EventEnvelope.extend({ at: z.iso.datetime(), data: z.record(z.string(), z.unknown()) });

/** Reads the events of a message; what cannot be read now will not be readable the next time, and is set aside. */
export function readMessage(message: StreamMessage): Intake[] {
  const lines = message.string().split('\n');
  return lines.map((line) => readEvent({ message, line }));
}

function readEvent(source: Source): Intake {
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
