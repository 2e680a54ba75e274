import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { describe, expect, it } from 'vitest';

const bundle = new URL('../../apps/logs/dist/bundle/main.mjs', import.meta.url);
const lines = readFileSync(bundle, 'utf8').split('\n');
const map = new SourceMap(JSON.parse(readFileSync(`${bundle.pathname}.map`, 'utf8')) as SourceMapPayload);

/** The source that a stack trace names for a line of the bundle. */
function sourceOf(text: string): string | undefined {
  const line = lines.findIndex((one) => one.includes(text));
  expect([text, line]).not.toEqual([text, -1]);
  const entry = map.findEntry(line, lines[line]?.length ?? 0);
  return 'originalSource' in entry ? entry.originalSource : undefined;
}

describe('the bundle of a service', () => {
  it('has stack traces in our sources, and in none of them for a dependency', () => {
    expect(sourceOf('class NatsClient ')).toMatch(/libs\/service\/src\/nats\/nats\.client\.ts$/);
    expect(sourceOf('parseErrorMessage(')).toBeUndefined();
  });
});
