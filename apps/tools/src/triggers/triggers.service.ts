import { Injectable } from '@nestjs/common';
import type {
  InputOf,
  OutputOf,
  pollTrigger,
  Registration,
  registerTrigger,
  removeTrigger,
  renewTrigger,
} from '@patchbay/contracts';
import { callContextOf } from '@patchbay/service';
import type { RegisterRuntime, TriggerRuntime } from '@patchbay/toolkits';
import { OutboundClient } from '@patchbay/service';
import { CallPipeline, toCall, type CallAccess, type CallTarget } from '../calls/index.js';
import { ParsersService } from '../parsing/index.js';
import { ProviderClient } from '../providers/index.js';
import { boundPayloads, requireShortCursor } from './bound-payloads.js';
import { configFor } from './trigger-config.js';
import { toTriggerError } from './trigger.failures.js';
import { TriggerTypesService } from './trigger-types.service.js';
import type { TriggerEntry } from './trigger.catalogue.js';

/** What every message about an instance has. */
type OfInstance = Pick<
  InputOf<typeof pollTrigger>,
  'projectId' | 'userId' | 'connectionId' | 'slug' | 'triggerId' | 'config' | 'context'
>;
type Action = 'poll' | 'register' | 'renew' | 'remove';

interface Work<A> {
  action: Action;
  run(entry: TriggerEntry, config: Record<string, unknown>, access: CallAccess): Promise<A>;
  /** What of the answer goes on the record: never what an event carries. */
  recorded(answer: A): Record<string, unknown>;
  /** Whether nothing came of it. */
  isQuiet?: (answer: A) => boolean;
}

/** Runs trigger types at their providers, the way that every call goes: account, limits, record. */
@Injectable()
export class TriggersService {
  constructor(
    private readonly types: TriggerTypesService,
    private readonly pipeline: CallPipeline,
    private readonly http: OutboundClient,
    private readonly parsers: ParsersService,
  ) {}

  poll(input: InputOf<typeof pollTrigger>): Promise<OutputOf<typeof pollTrigger>> {
    const { cursor, limit } = input;
    return this.run(input, {
      action: 'poll',
      run: async ({ spec }, config, access) => {
        const runtime = this.runtimeOf(access);
        const found = await requireWay(spec.poll)({ config, cursor, limit, runtime });
        return {
          events: boundPayloads(found.events),
          cursor: requireShortCursor(found.cursor),
          more: found.more ?? false,
        };
      },
      recorded: ({ events, more }) => ({
        events: events.map(({ id }) => id).slice(0, 100),
        count: events.length,
        more,
      }),
      isQuiet: ({ events }) => events.length === 0,
    });
  }

  register(input: InputOf<typeof registerTrigger>): Promise<Registration> {
    const { url, secret } = input;
    return this.run(input, {
      action: 'register',
      run: ({ spec }, config, access) =>
        requireWay(spec.webhook).register({ config, url, secret, runtime: this.registerRuntimeOf(access) }),
      recorded: ({ hook }) => ({ hook }),
    });
  }

  renew(input: InputOf<typeof renewTrigger>): Promise<Registration> {
    const { url, secret, hook } = input;
    return this.run(input, {
      action: 'renew',
      run: async ({ spec }, config, access) => {
        const webhook = requireWay(spec.webhook);
        const runtime = this.registerRuntimeOf(access);
        return (await webhook.renew?.({ config, url, secret, hook, runtime })) ?? { hook };
      },
      recorded: (answer) => ({ hook: answer.hook }),
    });
  }

  remove(input: InputOf<typeof removeTrigger>): Promise<OutputOf<typeof removeTrigger>> {
    const { hook } = input;
    return this.run(input, {
      action: 'remove',
      run: async ({ spec }, config, access) => {
        await requireWay(spec.webhook).remove?.({ config, hook, runtime: this.registerRuntimeOf(access) });
        return {};
      },
      recorded: () => ({ hook }),
    });
  }

  private async run<A>(input: OfInstance, work: Work<A>): Promise<A> {
    const { projectId, userId, connectionId, slug, triggerId, config, context } = input;
    const entry = this.types.entry(slug);
    const own = configFor(entry.spec, config);
    const call = toCall(
      {
        projectId,
        session: { ...NO_SESSION, userId },
        account: connectionId,
        toolSlug: entry.spec.slug,
        // Settings are the developer's, and may hold a secret.
        arguments: { trigger_id: triggerId, action: work.action },
      },
      callContextOf(context),
      new AbortController().signal,
    );
    const { answer } = await this.pipeline.run<CallTarget, A, A>(call, {
      resolve: async () => ({
        toolkit: entry.toolkit,
        toolSlug: entry.spec.slug,
        aliases: entry.spec.aliases,
        appSecret: work.action !== 'poll' && entry.spec.webhook?.isSignedByApp ? true : undefined,
      }),
      requireScope: () => undefined,
      send: (_, { toolkit }, access) =>
        work.run(entry, own, access).catch((error: unknown) => {
          throw toTriggerError(error, toolkit.name);
        }),
      present: async (found) => ({
        answer: found,
        result: { successful: true, error: null, data: work.recorded(found) },
        isQuiet: work.isQuiet?.(found),
      }),
      // A look changes nothing at the provider: it is on the record by what came of it.
      recordsEndOnly: work.action === 'poll',
    });
    return answer;
  }

  private runtimeOf(access: CallAccess): TriggerRuntime {
    // Whoever polls waits better: a place here is for work.
    const http = new ProviderClient(this.http, { ...access, maxTries: 1 });
    const account = access.credential?.urlValues ?? {};
    return { now: () => new Date(), http, parse: this.parsers.for(access), account };
  }

  private registerRuntimeOf(access: CallAccess): RegisterRuntime {
    return {
      http: new ProviderClient(this.http, access),
      parse: this.parsers.for(access),
      account: access.credential?.urlValues ?? {},
      now: () => new Date(),
      appSecret: access.credential?.oauth1?.consumerSecret ?? access.credential?.appSecret,
    };
  }
}

/** Instances belong to a user, and to no session. */
const NO_SESSION = {
  id: null,
  scope: { tools: {}, tags: {} },
  authConfigs: {},
  connectedAccounts: {},
  requireChoice: false,
} as const;

function requireWay<T>(way: T | undefined): T {
  // The caller was told by the type what it can do.
  if (way === undefined) throw new Error('The trigger type has no such way');
  return way;
}
