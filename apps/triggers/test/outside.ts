import {
  AppError,
  checkTriggerConfig,
  chooseCredential,
  connectionChanged,
  getAuthConfig,
  getConnection,
  getTriggerType,
  newId,
  pollTrigger,
  readJson,
  registerTrigger,
  removeTrigger,
  renewTrigger,
  writeJson,
  type ConnectionDetail,
  type InputOf,
  type OutputOf,
  type RequestContract,
  type TriggerType,
} from '@patchbay/contracts';
import type { Bus, NatsClient } from '@patchbay/service';

type Answer<C extends RequestContract> = (input: InputOf<C>) => OutputOf<C> | Promise<OutputOf<C>>;

/** `tools` and `auth` as this service meets them. Tests put answers of their own in place of these. */
export interface Outside {
  type: TriggerType;
  /** Settings that the type knows; all are texts. */
  fields: string[];
  accounts: Map<string, ConnectionDetail>;
  /** Of the OAuth app by which accounts were connected. */
  clientId: string | undefined;
  poll: Answer<typeof pollTrigger>;
  register: Answer<typeof registerTrigger>;
  renew: Answer<typeof renewTrigger>;
  remove: Answer<typeof removeTrigger>;
  polled: InputOf<typeof pollTrigger>[];
  registered: InputOf<typeof registerTrigger>[];
  removed: InputOf<typeof removeTrigger>[];
  connect(projectId: string, userId: string, more?: Partial<ConnectionDetail>): ConnectionDetail;
  /** Moves an account, and tells of it as `auth` does; null: it is deleted. */
  move(bus: Bus, projectId: string, id: string, status: ConnectionDetail['status'] | null): Promise<void>;
}

export const POLLED: TriggerType = {
  slug: 'GITHUB_COMMIT_EVENT',
  name: 'Commit pushed',
  description: 'A commit comes.',
  instructions: '',
  toolkit: { slug: 'github', name: 'GitHub', logo: 'https://github.example/logo.png' },
  version: '20261122_00',
  mechanisms: ['webhook', 'poll'],
  mechanism: 'poll',
  servable: true,
  webhookModel: 'user',
  config: { type: 'object', properties: {} },
  payload: { type: 'object', properties: {} },
  scopes: [],
};
export const PUSHED: TriggerType = { ...POLLED, mechanism: 'webhook' };

export async function standIn(nats: NatsClient): Promise<Outside> {
  const accounts = new Map<string, ConnectionDetail>();
  const outside: Outside = {
    type: POLLED,
    fields: ['owner', 'repo', 'channel'],
    accounts,
    clientId: 'client-1',
    poll: ({ cursor }) => ({ events: [], cursor: cursor ?? { id: 0 }, more: false }),
    register: ({ secret }) => ({ hook: { github_hook_id: 7 }, secret }),
    renew: ({ hook, secret }) => ({ hook, secret }),
    remove: () => ({}),
    polled: [],
    registered: [],
    removed: [],
    connect(projectId, userId, more) {
      const account = { ...newAccount(userId), ...more };
      accounts.set(`${projectId} ${account.id}`, account);
      return account;
    },
    async move(bus, projectId, id, status) {
      const account = accounts.get(`${projectId} ${id}`);
      if (!account) throw new Error(`There is no account ${id}`);
      if (status) account.status = status;
      else accounts.delete(`${projectId} ${id}`);
      const { userId, toolkit } = account;
      const change = { connectionId: id, userId, toolkit, status, reason: null };
      await bus.publish(connectionChanged, bus.envelop(projectId, change));
    },
  };
  answer(nats, checkTriggerConfig, ({ config }) => {
    const unknown = Object.keys(config).filter((name) => !outside.fields.includes(name));
    if (unknown.length > 0) {
      const issues = unknown.map((name) => `trigger_config.${name}: is not known`);
      throw new AppError('invalid_request', 'The settings are wrong.', { issues });
    }
    return { type: outside.type, config, interval: 1 };
  });
  answer(nats, getTriggerType, () => outside.type);
  const find = ({ projectId, id }: { projectId: string; id: string }) => {
    const account = accounts.get(`${projectId} ${id}`);
    if (!account) throw new AppError('connection_not_found', `There is no connected account ${id}.`);
    return account;
  };
  answer(nats, getConnection, find);
  answer(nats, chooseCredential, ({ projectId, userId, toolkit }) => {
    const found = [...accounts].find(
      ([key, account]) =>
        key.startsWith(`${projectId} `) &&
        account.userId === userId &&
        account.toolkit === toolkit &&
        account.status === 'ACTIVE',
    );
    if (!found) throw new AppError('no_active_connection', 'No active connection found.');
    return { connectionId: found[1].id, label: found[1].wordId };
  });
  answer(nats, getAuthConfig, ({ id }) => authConfig(id, outside.clientId));
  answer(nats, pollTrigger, (input) => {
    outside.polled.push(input);
    requireActive(find({ projectId: input.projectId, id: input.connectionId }));
    return outside.poll(input);
  });
  answer(nats, registerTrigger, (input) => {
    outside.registered.push(input);
    return outside.register(input);
  });
  answer(nats, renewTrigger, (input) => outside.renew(input));
  answer(nats, removeTrigger, (input) => {
    outside.removed.push(input);
    return outside.remove(input);
  });
  await nats.connection.flush();
  return outside;
}

function answer<C extends RequestContract>(nats: NatsClient, contract: C, work: Answer<C>): void {
  nats.connection.subscribe(contract.subject, {
    callback: (_, message) => {
      void (async () => {
        try {
          const data = await work(contract.input.parse(readJson(message.string())) as InputOf<C>);
          message.respond(writeJson({ data }));
        } catch (error) {
          const known = error instanceof AppError ? error : new AppError('internal', String(error));
          message.respond(writeJson({ error: known.toBody() }));
        }
      })();
    },
  });
}

function requireActive({ id, status }: ConnectionDetail): void {
  if (status !== 'ACTIVE') throw new AppError('no_active_connection', `The account ${id} is ${status}.`);
}

function newAccount(userId: string): ConnectionDetail {
  const now = new Date().toISOString();
  return {
    id: newId('connection'),
    wordId: 'github_red-castle',
    alias: null,
    userId,
    toolkit: 'github',
    status: 'ACTIVE',
    statusReason: null,
    authConfig: { id: 'ac_1', authScheme: 'OAUTH2', isManaged: false, enabled: true },
    accountType: 'PRIVATE',
    accessList: { allowAllUsers: false, allowedUserIds: [], notAllowedUserIds: [] },
    displayName: null,
    createdAt: now,
    updatedAt: now,
    connectedAt: now,
    state: {},
  };
}

function authConfig(id: string, clientId: string | undefined): OutputOf<typeof getAuthConfig> {
  const now = new Date().toISOString();
  return {
    id,
    toolkit: 'github',
    name: 'GitHub',
    authScheme: 'OAUTH2',
    isManaged: clientId === undefined,
    enabled: true,
    credentials: clientId === undefined ? {} : { client_id: clientId },
    secretCredentials: [],
    scopes: null,
    userScopes: null,
    allowedTools: null,
    toolsForConnecting: null,
    isEnabledForSessions: true,
    connectionCount: 1,
    createdAt: now,
    updatedAt: now,
  };
}
