import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as contracts from '../../libs/contracts/dist/index.js';

/*
 * Which subjects each service uses, by its own code: a contract that it imports by value is one that it requests,
 * publishes or subscribes to. Types alone do not count, and neither do tests.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What the event stream's durable consumers receive, beyond the events that a service subscribes to directly.
 * @type {Record<string, { durable: string, filter: string }[]>}
 */
export const CONSUMERS = {
  ...Object.fromEntries(
    ['sessions', 'auth', 'tools', 'workbench'].map((service) => [
      service,
      [{ durable: `${service}-deletions`, filter: 'events.*.*.deleted' }],
    ]),
  ),
  triggers: [
    { durable: 'triggers-deletions', filter: 'events.*.*.deleted' },
    { durable: 'triggers-accounts', filter: 'events.auth.connection.changed' },
    { durable: 'triggers-platform', filter: 'events.*.*.changed' },
  ],
  logs: [{ durable: 'logs-record', filter: 'events.>' }],
};

/** What a service uses that no contract declares, each with its reason. */
const BESIDES = {
  gateway: {
    publish: [
      ...ofEachService(contracts.checkHealth, contracts.SERVICES),
      ...[contracts.listDeadLetters, contracts.resendDeadLetter, contracts.discardDeadLetter].flatMap(
        (contract) => ofEachService(contract, contracts.DEAD_LETTER_SERVICES),
      ),
      [contracts.getUsageRows.subject, 'The version before asks so.'],
      ['repeats.>', 'Idempotency: the gateway keeps the outcome of requests in streams of its own.'],
      ['$JS.API.STREAM.*.REPEAT_KEYS', ''],
      ['$JS.API.STREAM.MSG.GET.REPEAT_KEYS', ''],
      ['$JS.API.STREAM.*.REPEAT_TRIES', ''],
      ['$JS.API.STREAM.MSG.GET.REPEAT_TRIES', ''],
      ['$JS.API.DIRECT.GET.REPEAT_KEYS.>', 'The version before reads so.'],
      ['$JS.API.DIRECT.GET.REPEAT_TRIES.>', ''],
    ],
    subscribe: [
      ['repeats.>', ''],
      ['events.*.call.*', 'The tail of calls, by project.'],
    ],
  },
  workbench: {
    publish: [['workbench.replicas.>', 'The replica that holds a sandbox is asked by its name.']],
    subscribe: [],
  },
  logs: {
    publish: [
      // Each event it is given has a reply subject for the acknowledgement: with allow_responses the server would
      // remember every one of them, so whom it answers is written out.
      ['_INBOX_gateway.>', 'It answers the gateway only: see the generator.'],
      ['events.logs.position.asked', 'The stream refuses it, and says with that where it stands.'],
      ['$JS.API.STREAM.*.EVENTS', 'It owns the event stream.'],
      ['$JS.API.STREAM.MSG.GET.EVENTS', ''],
    ],
    subscribe: [],
  },
};

/** Of a contract that several services answer, each under its own name. @returns {[string, string][]} */
function ofEachService(contract, services) {
  return services
    .filter((service) => service !== 'gateway')
    .map((service) => [contract(service).subject, '']);
}

/** Who answers requests with a permission for that one reply; `logs` is told apart above. */
const ANSWERS_ONCE = ['gateway', 'sessions', 'auth', 'tools', 'workbench', 'triggers'];

/** The services, in the order of the design's tree. */
export const services = ['gateway', 'sessions', 'auth', 'tools', 'workbench', 'logs', 'triggers'];

/**
 * @typedef {object} Permissions
 * @property {[subject: string, reason: string][]} publish
 * @property {[subject: string, reason: string][]} subscribe
 * @property {boolean} answersOnce
 */

/** @param {string} service @returns {Permissions} */
export function permissionsOf(service) {
  const { imported: used, signalled, handled } = subjectsOf(service);
  const isOwn = (/** @type {string} */ subject) => subject.startsWith(`${service}.`);
  const requests = used.filter((subject) => !/^(events|signals)\./.test(subject) && !isOwn(subject));
  const events = used.filter((subject) => subject.startsWith('events.'));
  const published = events.filter((subject) => subject.startsWith(`events.${service}.`));
  const consumers = CONSUMERS[service] ?? [];
  const besides = BESIDES[/** @type {keyof typeof BESIDES} */ (service)] ?? { publish: [], subscribe: [] };
  const bare = (/** @type {string[]} */ subjects) => subjects.toSorted().map((subject) => pair(subject));
  const asked = [...requests, ...besides.publish.map(([subject]) => String(subject))]
    .map((subject) => String(subject.split('.')[0]))
    .filter((name) => services.includes(name));
  return {
    publish: [
      ...bare([...requests, ...published, ...signalled]),
      ...[...new Set(asked)]
        .toSorted()
        .map((name) => pair(`${name}.atWork`, 'Whether a request is still in flight there.')),
      pair('$JS.API.INFO', 'Whether the event stream is there.'),
      pair('$JS.API.STREAM.INFO.EVENTS'),
      ...consumers.flatMap(consumerSubjects),
      ...besides.publish.map(([subject, reason]) => pair(String(subject), reason)),
    ],
    subscribe: [
      pair(`${service}.>`),
      pair(`_INBOX_${service}.>`),
      ...bare(handled),
      ...bare(used.filter((subject) => subject.startsWith(`signals.${service}.`))),
      ...besides.subscribe.map(([subject, reason]) => pair(String(subject), reason)),
    ],
    answersOnce: ANSWERS_ONCE.includes(service),
  };
}

/** A consumer is made, asked and acknowledged by its name, with the filter that it was given and no other. */
function consumerSubjects({ durable, filter }) {
  return [
    pair(`$JS.API.CONSUMER.CREATE.EVENTS.${durable}.${filter}`, 'Its own consumer of the event stream.'),
    pair(`$JS.API.CONSUMER.INFO.EVENTS.${durable}`),
    pair(`$JS.API.CONSUMER.MSG.NEXT.EVENTS.${durable}`),
    pair(`$JS.ACK.EVENTS.${durable}.>`),
  ];
}

/** @param {string} subject @param {string} [reason] @returns {[string, string]} */
function pair(subject, reason = '') {
  return [subject, reason];
}

/**
 * The subjects of all contracts that the service's own code imports by value; of these, what it sends as signals and
 * the events that it handles.
 * @param {string} service
 */
function subjectsOf(service) {
  const imported = new Set();
  const signalled = new Set();
  const handled = new Set();
  for (const file of sourcesOf(`apps/${service}/src`)) {
    const text = readFileSync(file, 'utf8');
    for (const [, names = ''] of text.matchAll(IMPORTS)) {
      for (const name of names.split(',').map((part) => part.trim().split(' as ')[0] ?? '')) {
        const subject = subjectOf(name);
        if (!subject) continue;
        imported.add(subject);
        if (text.includes(`.signal(${name},`)) signalled.add(subject);
        if (text.includes(`@OnEvent(${name})`)) handled.add(subject);
      }
    }
  }
  return { imported: [...imported], signalled: [...signalled], handled: [...handled] };
}
const IMPORTS = /import \{([^}]*)\} from '@patchbay\/contracts'/g;

/** @param {string} name */
function subjectOf(name) {
  const contract = /** @type {Record<string, unknown>} */ (contracts)[name];
  return typeof contract === 'object' && contract !== null && 'subject' in contract
    ? String(contract.subject)
    : undefined;
}

/** @param {string} folder */
function sourcesOf(folder) {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', folder];
  const files = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim().split('\n');
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join(root, file));
}
