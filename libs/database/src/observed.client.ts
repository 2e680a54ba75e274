import { histogram, SpanKind, timed, traced } from '@patchbay/service';
import pg from 'pg';

const durations = histogram({
  name: 'patchbay_database_query_duration_seconds',
  help: 'Statements that this service sent to Postgres.',
  labelNames: ['operation', 'outcome'],
});

const OPERATIONS = new Set([
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'WITH',
  'BEGIN',
  'START',
  'COMMIT',
  'ROLLBACK',
]);
const SHOWN_CHARACTERS = 500;

/** pg's client, with each statement counted, and shown in the trace of what caused it. */
export class ObservedClient extends pg.Client {
  // pg's own signature has a form for promises, for callbacks and for streams; only the first is observed.
  override query(...args: unknown[]): unknown {
    const send = () => super.query(...args);
    const text = textOf(args[0]);
    if (text === undefined || typeof args.at(-1) === 'function') return send();
    const operation = operationOf(text);
    const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, SHOWN_CHARACTERS) };
    return timed(durations, { operation }, () =>
      traced(
        { name: `postgres ${operation}`, kind: SpanKind.CLIENT, attributes },
        () => send() as Promise<unknown>,
      ),
    );
  }
}

/** Statements hold placeholders and no values. */
function textOf(query: unknown): string | undefined {
  if (typeof query === 'string') return query;
  const { text, submit } = query as { text?: unknown; submit?: unknown };
  return typeof text === 'string' && submit === undefined ? text : undefined;
}

function operationOf(text: string): string {
  const [word = ''] = text.trimStart().split(/\s/, 1);
  return OPERATIONS.has(word.toUpperCase()) ? word.toUpperCase() : 'other';
}
