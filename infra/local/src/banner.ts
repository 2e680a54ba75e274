import { join } from 'node:path';
import { findBinary } from './binaries.js';
import type { Platform } from './platform.js';

/** What to do next: where it is, the key, and three commands that work as they are printed. */
export function banner(
  { platform, consoleUrl }: { platform: Platform; consoleUrl: string },
  seconds: number,
  bold: (text: string) => string,
): string {
  const { baseUrl, apiKey, userApiKey, home } = platform;
  const send = requestCommand(baseUrl, apiKey);
  const session = send('/api/v3.1/tool_router/session', '{"user_id":"alice","toolkits":{"enable":["time"]}}');
  const call = send(
    '/api/v3.1/tool_router/session/$SESSION/execute',
    '{"tool_slug":"TIME_GET_CURRENT_TIME","arguments":{"timezone":"Europe/Paris"}}',
  );
  const record = send('/api/v3.1/logs/tool_execution', '{}');
  return `
${bold('Patchbay is running')} (${seconds.toFixed(1)} s)

  Console    ${bold(consoleUrl)}
             (signs you in once, within 15 minutes; the next start prints another)
  Base URL   ${bold(baseUrl)}
  API key    ${bold(apiKey)}
  Your key   ${userApiKey} (you, as the owner: docs/api/people.md)
  Logs       ${join(home, 'logs')}
  Data       ${home}

${bold('Three things to try')}, in another terminal:

  # a session for the user alice, with a toolkit that needs no account
  export SESSION=$(${session} | node -pe 'JSON.parse(fs.readFileSync(0)).session_id') && echo $SESSION

  # call a tool in it
  ${call}

  # see the record of it
  ${record}

Ctrl-C stops everything.
`;
}

/** A POST as one shell command: curl, or Node on a machine without it. $SESSION is left to the shell. */
function requestCommand(baseUrl: string, apiKey: string): (path: string, body: string) => string {
  if (findBinary(['curl'])) {
    return (path, body) =>
      `curl -sw '\\n' "${baseUrl}${path}" -H 'x-api-key: ${apiKey}' -H 'content-type: application/json' -d '${body}'`;
  }
  return (path, body) => {
    const url = `'${baseUrl}${path.replace('$SESSION', "'+process.env.SESSION+'")}'`;
    const headers = `{'x-api-key':'${apiKey}','content-type':'application/json'}`;
    const script = `fetch(${url},{method:'POST',headers:${headers},body:JSON.stringify(${body.replaceAll('"', "'")})}).then(r=>r.text()).then(console.log)`;
    return `node -e "${script}"`;
  };
}
