import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceNames, type ServiceName } from '@patchbay/local';
import { eventually, freePorts, startTestPlatform, type TestPlatform } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { parse } from 'yaml';
import { z } from 'zod';
import { startCollector, type SeenSpan } from '../support/collector.js';
import { unique } from '../support/environment.js';
import { call as request, createSession, errorOf, type Answer, type Call } from '../support/http.js';
import { metricsIn, metricsOf } from '../support/promql.js';

const FOLDER = new URL('../../infra/observability/', import.meta.url);
const TRACE_ID = 'c0ffee00c0ffee00c0ffee00c0ffee00';
const Executed = z.object({ error: z.null(), log_id: z.string() });

/** Has a platform of its own: here it is watched, and parts of it are stopped in order. */
describe('an operator', () => {
  let test: TestPlatform;
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let sessionId: string;

  const here = (): Call => ({ baseUrl: test.platform.baseUrl, apiKey: test.platform.apiKey });
  const call = (path: string, options: Call = {}) => request(path, { ...here(), ...options });
  const execute = (tool_slug: string, args: object = {}, headers: Record<string, string> = {}) =>
    call(`/tool_router/session/${sessionId}/execute`, { body: { tool_slug, arguments: args }, headers });
  const ops = (name: (typeof serviceNames)[number], path: string) =>
    fetch(`${test.platform.opsUrl(name)}${path}`);

  beforeAll(async () => {
    collector = await startCollector();
    test = await startTestPlatform({
      PATCHBAY_METRICS_PORT: String(await freePorts(serviceNames.length)),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '200',
    });
    sessionId = await createSession({ user_id: unique('user_a') }, here());
    await connectKeyed();
  }, 120_000);

  afterAll(async () => {
    await test?.stop();
    collector?.close();
  });

  /** An account with an API key, in the user's session. */
  async function connectKeyed(): Promise<void> {
    const config = await call('/auth_configs', {
      body: {
        toolkit: { slug: 'keyed' },
        auth_config: { type: 'use_custom_auth', authScheme: 'API_KEY', credentials: {} },
      },
    });
    const { auth_config: made } = z.object({ auth_config: z.object({ id: z.string() }) }).parse(config.body);
    const session = z
      .object({ config: z.object({ user_id: z.string() }) })
      .parse((await call(`/tool_router/session/${sessionId}`)).body);
    const account = await call('/connected_accounts', {
      body: {
        auth_config: { id: made.id },
        connection: {
          user_id: session.config.user_id,
          state: { authScheme: 'API_KEY', val: { status: 'ACTIVE', generic_api_key: test.keyed.keys.ada } },
        },
      },
    });
    expect(account.status).toBe(201);
  }

  describe('follows a call', () => {
    let spans: SeenSpan[] = [];
    const named = (pattern: RegExp) => spans.filter(({ name }) => pattern.test(name));

    beforeAll(async () => {
      const answer = await execute(
        'KEYED_ECHO',
        { text: 'seen' },
        { traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01` },
      );
      Executed.parse(answer.body);
      await eventually(() => {
        spans = collector.spans.filter(({ traceId }) => traceId === TRACE_ID);
        expect(named(/^publish events.tools.call.finished/)).toHaveLength(1);
        expect(named(/^POST \/api/)).toHaveLength(1);
        expect(named(/^postgres /).length).toBeGreaterThan(0);
        expect(named(/^handle auth.credentials.open/)).toHaveLength(1);
      });
    });

    it('through HTTP, NATS, Postgres and to the provider, in one trace', () => {
      expect(named(/^GET (localhost|127)/)).toMatchObject([{ service: 'patchbay-tools' }]);
      expect(spans.map(({ service }) => service)).toEqual(
        expect.arrayContaining(['patchbay-gateway', 'patchbay-tools', 'patchbay-auth']),
      );
    });

    it('each step below the one that asked for it', () => {
      const ids = new Set(spans.map(({ spanId }) => spanId));
      const roots = spans.filter(({ parentSpanId }) => !ids.has(parentSpanId ?? ''));
      expect(roots).toMatchObject([
        { name: expect.stringMatching(/^POST /), parentSpanId: '00f067aa0ba902b7' },
      ]);
      const parentOf = (span: SeenSpan | undefined) =>
        spans.find(({ spanId }) => spanId === span?.parentSpanId)?.name;
      expect(parentOf(named(/^GET (localhost|127)/)[0])).toBe('handle tools.calls.execute');
      expect(parentOf(named(/^handle auth.credentials.open/)[0])).toBe('ask auth.credentials.open');
    });

    it('without seeing what the call said', () => {
      expect(JSON.stringify(spans)).not.toMatch(/seen|ak_|key-of/);
    });
  });

  it('reads metrics of every service, and the dashboards and alerts name no others', async () => {
    const texts = await Promise.all(
      serviceNames.map(async (name) => {
        const response = await ops(name, '/metrics');
        expect(response.headers.get('content-type')).toContain('text/plain');
        return response.text();
      }),
    );
    const known = new Set(texts.flatMap(metricsOf));
    const dashboards = await readdir(new URL('dashboards/', FOLDER));
    const Dashboard = z.object({
      panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })).default([]) })),
    });
    const Rules = z.object({
      groups: z.array(
        z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() }).loose()) }),
      ),
    });
    const rules = Rules.parse(parse(await readFile(new URL('alerts.yaml', FOLDER), 'utf8')));
    const expressions = rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr));
    for (const file of dashboards) {
      const text = await readFile(new URL(`dashboards/${file}`, FOLDER), 'utf8');
      const { panels } = Dashboard.parse(JSON.parse(text));
      expressions.push(...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)));
    }
    const Adapter = z.object({ rules: z.object({ custom: z.array(z.object({ seriesQuery: z.string() })) }) });
    const adapter = Adapter.parse(parse(await readFile(new URL('adapter.yaml', FOLDER), 'utf8')));
    expressions.push(...adapter.rules.custom.map(({ seriesQuery }) => seriesQuery));
    expect(expressions.length).toBeGreaterThan(30);
    const used = new Set(expressions.flatMap(metricsIn));
    expect([...used].filter((name) => !known.has(name))).toEqual([]);
    // And the other way round: each metric of ours is on a dashboard or in an alert.
    const families = [...known].filter(
      (name) => name.startsWith('patchbay_') && !/_(bucket|sum)$/.test(name),
    );
    const family = (name: string) => name.replace(/_(bucket|count|sum)$/, '');
    const looked = new Set([...used].map(family));
    expect(families.map(family).filter((name) => !looked.has(name))).toEqual([]);
  });

  it('asks each service how it is', async () => {
    for (const name of serviceNames) {
      expect((await ops(name, '/health/live')).status).toBe(200);
      expect((await ops(name, '/health/ready')).status).toBe(200);
      expect((await ops(name, '/anything')).status).toBe(404);
    }
    await test.platform.postgres?.stop();
    try {
      await eventually(async () => expect((await ops('sessions', '/health/ready')).status).toBe(503));
      expect((await ops('sessions', '/health/live')).status).toBe(200);
    } finally {
      await test.platform.postgres?.start();
    }
    await test.platform.untilReady();
  });

  /** Calls that are held up, each in another service, until `release`. */
  async function holdCalls() {
    const texts = ['tools', 'sessions', 'workbench'].map((name) => unique(name));
    const [direct, inside, fromCode] = texts.map((text) => ({ text, hold: true }));
    const note = (given: object | undefined) => ({ tool_slug: 'KEYED_WRITE_NOTE', arguments: given });
    const code = `run_composio_tool("KEYED_WRITE_NOTE", {"text": "${fromCode?.text}", "hold": True})[1]`;
    const held: Record<string, Promise<Answer>> = {
      tools: execute('KEYED_WRITE_NOTE', direct),
      sessions: execute('COMPOSIO_MULTI_EXECUTE_TOOL', { tools: [note(inside)] }),
      workbench: execute('COMPOSIO_REMOTE_WORKBENCH', { code_to_execute: code }),
    };
    const written = async (text: string) =>
      expect(await (await fetch(`${test.keyed.url}/notes?text=${text}`)).text()).toBe('{"times":1}');
    await eventually(() => Promise.all(texts.map(written)));
    // What these need a table for waits for us to let it go.
    const client = new DataSource({ type: 'postgres', url: test.platform.postgres?.url });
    const lock = (await client.initialize()).createQueryRunner();
    await lock.startTransaction();
    await lock.query(
      'LOCK TABLE auth.connected_accounts, logs.calls, triggers.trigger_instances IN ACCESS EXCLUSIVE MODE',
    );
    held['auth'] = call('/connected_accounts');
    held['logs'] = call('/logs/tool_execution', { body: {} });
    held['triggers'] = call('/trigger_instances/active');
    await Promise.all(Object.keys(held).map((name) => eventually(() => isAtWork(name as ServiceName))));
    const release = async () => {
      await lock.rollbackTransaction();
      await client.destroy();
      for (const text of texts) await fetch(`${test.keyed.url}/release?text=${text}`);
    };
    return { held, release };
  }
  const isAtWork = async (name: ServiceName) =>
    expect(await (await ops(name, '/metrics')).text()).toMatch(/^patchbay_messages_in_flight.* [1-9]/m);

  it('stops all services: what is under way is answered, what comes is sent elsewhere', async () => {
    const { services } = test.platform;
    const { held, release } = await holdCalls();
    let stopped: Promise<unknown> | undefined;
    try {
      stopped = Promise.all(serviceNames.map((name) => services[name].stop('SIGTERM')));
      await eventually(async () => {
        for (const name of serviceNames) expect((await ops(name, '/health/ready')).status).toBe(503);
      });
      const refused = await call('/auth/session/info');
      errorOf(refused, 503);
      expect(refused.headers.get('retry-after')).toBe('1');
      expect(refused.headers.get('x-should-retry')).toBe('true');
      expect((await call(`${test.platform.baseUrl}/health/ready`)).status).toBe(503);
      expect((await call(`${test.platform.baseUrl}/health/live`)).status).toBe(200);
    } finally {
      await release();
    }
    for (const [name, answer] of Object.entries(held)) {
      const { status, body } = await answer;
      expect({ name, status, body }).toMatchObject({ name, status: 200 });
      expect({ name, error: (body as { error?: unknown }).error ?? null }).toEqual({ name, error: null });
    }
    await stopped;
    expect(serviceNames.map((name) => services[name].pid)).toEqual(serviceNames.map(() => 0));
    await Promise.all(serviceNames.map((name) => services[name].start()));
    await test.platform.untilReady();
  }, 60_000);
});
