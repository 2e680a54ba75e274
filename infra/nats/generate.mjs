/**
 * `node infra/nats/generate.mjs`: writes nats.conf again from what the services use. Run it after a service uses a
 * new subject; a test fails until then, and a reviewer sees in nats.conf what a service may do now.
 */
import { writeFileSync } from 'node:fs';
import { permissionsOf, services } from './permissions.mjs';

const HEAD = `# Made by \`node infra/nats/generate.mjs\` from what the services use: do not change it by hand.
#
# One user a service, each allowed exactly the subjects that it uses: the tree of calls is
# gateway -> sessions -> tools -> auth, and a service that was broken into cannot go around it.
# The same file serves \`npm start\`, docker-compose and Kubernetes. Passwords come from the environment; a variable's
# value is read like a value in this file, so let each begin with a letter.

listen: "0.0.0.0:4222"
# Tool results travel in messages; NATS' own default of 1 MB is soon too small, and more than 8 MB it advises against.
max_payload: 8MB

# Where its files are is an argument of its start: nats-server -c nats.conf -sd /data
jetstream: enabled

# Answers go to the requester, once, although no service may write to another's inbox. The server remembers who may
# be answered until it was or the time is over, and searches them all when they are many: keep both small.
ANSWERS = { max: 1, expires: "1m" }

authorization {
  users = [
`;
const TAIL = `  ]
}
`;

export function natsConf() {
  return `${HEAD}${services.map(user).join('')}${TAIL}`;
}

/** @param {string} service */
function user(service) {
  const { publish, subscribe, answersOnce } = permissionsOf(service);
  return `    {
      user: ${service}, password: $NATS_${service.toUpperCase()}_PASSWORD
      permissions: {
        publish: { allow: [
${lines(publish)}
        ] }
        subscribe: { allow: [
${lines(subscribe)}
        ] }${answersOnce ? '\n        allow_responses: $ANSWERS' : ''}
      }
    }
`;
}

/** @param {[string, string][]} subjects */
function lines(subjects) {
  return subjects
    .flatMap(([subject, reason]) => [...(reason ? [`# ${reason}`] : []), `"${subject}"`])
    .map((line) => `          ${line}`)
    .join('\n');
}

if (import.meta.filename === process.argv[1]) {
  writeFileSync(new URL('nats.conf', import.meta.url), natsConf());
}
