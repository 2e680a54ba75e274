import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawJson, readJson, type OpenedCredential } from '@patchbay/contracts';
import {
  SHIPPED_TOOLKITS,
  ToolFailure,
  type FileReference,
  type ToolFile,
  type ToolkitSpec,
} from '@patchbay/toolkits';
import { z } from 'zod';
import { NO_UPSTREAMS } from './no-upstreams.js';
import { PARSERS } from './parsers.js';
import { ToolRunner } from '../src/calls/tool.runner.js';
import { BEYOND_DOCUMENTS } from './beyond-documents.js';
import { documentationOf, isDocumented } from './provider-documents.js';
import { readable, RecordedProvider, type Exchange } from './recorded-provider.js';

/** A tool's run as a row: what it is given, what the provider is asked, and what comes of it. */
export interface Run {
  tool: string;
  /** What is special about this run, when a tool has several. */
  when?: string;
  given?: Record<string, unknown>;
  asks: Exchange[];
  /** What `data` holds, at least. */
  data?: object;
  error?: string;
}

const CREDENTIAL: OpenedCredential = {
  authConfigId: 'ac_test',
  connectionId: 'ca_test',
  headers: { authorization: 'Bearer test-token' },
  query: {},
  urlValues: {},
  fingerprint: 'test',
};

/** Files as the platform keeps them, in memory. */
export const storedFiles = new Map<string, ToolFile>();

/** A run of one request: `POST https://…`, what it carries, what comes back, and what `data` then holds. */
export function one(
  tool: string,
  given: Record<string, unknown>,
  request: string,
  { data, error, ...exchange }: Partial<Exchange> & { data?: object; error?: string } = {},
): Run {
  const { answer } = exchange;
  const passedOn = typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? answer : {};
  return {
    tool,
    given,
    asks: [{ request, ...exchange }],
    data: data ?? passedOn,
    ...(error && { error, data: {} }),
  };
}

export function shipped(slug: string): ToolkitSpec {
  const toolkit = SHIPPED_TOOLKITS.find((candidate) => candidate.slug === slug);
  if (!toolkit) throw new Error(`${slug} does not ship`);
  return toolkit;
}

/** Runs a toolkit's tools through the real runner, against a provider that holds each request to its row. */
export function describeToolkit(
  toolkit: ToolkitSpec,
  runs: Run[],
  account: Partial<OpenedCredential> = {},
): void {
  const provider = new RecordedProvider();
  const written = toolkit.tools.filter(({ input }) => input instanceof z.ZodType);
  const beyond = written.length > 0 ? (BEYOND_DOCUMENTS[toolkit.slug] ?? []) : [];
  const met = new Set<string>();
  const made = new Set<string>();
  /** What was asked that the provider's document does not have, without a stated reason. */
  const undocumented = (tool: string): string[] => {
    if (!isDocumented(toolkit)) return [];
    const said = provider.seen.map((one) => documentationOf(one, Object.keys(credential?.query ?? {})));
    for (const { operation } of said) if (operation) made.add(`${tool} ${anonymous(operation)}`);
    const breaches = said.flatMap((one) => one.breaches);
    const known = (breach: string) => beyond.find(([part]) => breach.includes(part));
    for (const breach of breaches) met.add(known(breach)?.[0] ?? breach);
    return breaches.filter((breach) => !known(breach));
  };
  const credential = toolkit.auth && { ...CREDENTIAL, ...account };

  describe(`${toolkit.name}`, () => {
    beforeAll(() => provider.start());
    afterAll(() => provider.stop());

    it.each(runs.map((run) => [`${run.tool}${run.when ? ` ${run.when}` : ''}`, run] as const))(
      '%s',
      async (_, { tool, given = {}, asks, data = {}, error }) => {
        const spec = toolkit.tools.find(({ slug }) => slug === tool);
        if (!spec) throw new Error(`${toolkit.slug} has no ${tool}`);
        provider.expect(asks);
        const result = await new ToolRunner(provider.client, NO_UPSTREAMS, PARSERS).run(spec, given, {
          projectId: 'prj_1',
          toolkit,
          credential,
          files: FILES,
          idempotencyKey: 'log_1',
          sessionId: null,
          userId: 'ada',
          refresh: () => Promise.reject(new Error('No renewal in this test')),
          deadline: Date.now() + 20_000,
        });
        const seen = provider.seen.map(({ request, body }) => ({ request, body }));
        const asked = asks.map(({ request, body }) => ({ request: readable(request), body }));
        const failed = error === undefined ? null : saying(error);
        expect({ seen, error: result.error }).toEqual({ seen: asked, error: failed });
        const { output } = spec;
        const fits = output instanceof z.ZodType && result.successful;
        // What is passed on unread says the same.
        const told = result.data instanceof RawJson ? readJson(result.data.text) : result.data;
        const misfits = fits ? output.safeParse(told).error?.issues : undefined;
        expect({ data: told, misfits }).toMatchObject({ data, misfits: undefined });
        expect(undocumented(tool)).toEqual([]);
        for (const [index, { headers = {} }] of asks.entries()) {
          expect(provider.seen[index]?.headers).toMatchObject(headers);
        }
      },
    );

    it('asks nothing beyond its document but what is said to be', () => {
      expect([...met].sort()).toEqual(beyond.map(([part]) => part).sort());
    });

    it('makes each request that a tool says to be all there is to', () => {
      const covers = toolkit.tools.flatMap((tool) =>
        tool.kind === 'function' ? (tool.covers ?? []).map((one) => `${tool.slug} ${anonymous(one)}`) : [],
      );
      expect(covers.filter((one) => !made.has(one))).toEqual([]);
    });

    it('has a run here for every tool that was written by hand', () => {
      const tried = new Set(runs.map(({ tool }) => tool));
      expect(written.map(({ slug }) => slug).filter((slug) => !tried.has(slug))).toEqual([]);
    });
  });
}

const saying = (text: string): unknown => expect.stringContaining(text);

const FILES = {
  // The bytes alone: what a file is called and what it is stands in the arguments.
  read: async ({ name, mimetype, s3key }: FileReference) => {
    const file = storedFiles.get(s3key);
    if (!file) throw new ToolFailure(`There is no file ${s3key}.`);
    return { name, mimetype, bytes: file.bytes };
  },
  store: async (file: ToolFile) => {
    const s3key = `stored/${file.name}`;
    storedFiles.set(s3key, file);
    return { name: file.name, mimetype: file.mimetype, s3key, s3url: `https://files.example/${s3key}` };
  },
};

/** Places are called otherwise here and there. */
const anonymous = (request: string): string => request.replace(/\{[^{}]*\}/g, '{}');
