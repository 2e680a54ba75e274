// The provider's side: a small JSON server in a process of its own, with just enough OAuth to connect an account to it.
import { createServer } from 'node:http';
import { listenAndTell, onQuestion } from './child.mjs';

const ANSWER = JSON.stringify({
  id: 1,
  login: 'bench',
  name: 'hello',
  full_name: 'bench/hello',
  description: 'What every call of the bench reads.',
  default_branch: 'main',
  private: false,
  open_issues_count: 3,
});
/** A repository of this name is answered with so many items that the answer is as long. */
const LARGE = '/repos/bench/large';
const LARGE_BYTES = 100 * 1024;
const LARGE_ANSWER = JSON.stringify({
  items: Array.from({ length: Math.ceil(LARGE_BYTES / (ANSWER.length + 1)) }, () => JSON.parse(ANSWER)),
});
const TOKEN = JSON.stringify({ access_token: 'bench-token', token_type: 'bearer', scope: 'repo' });

let requests = 0;

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(String(request.url), 'http://upstream');
  if (pathname === '/authorize') return agree(response, searchParams);
  request.resume();
  if (pathname === '/token') return answer(response, TOKEN);
  requests += 1;
  answer(response, pathname === LARGE ? LARGE_ANSWER : ANSWER);
});

/** A person would be asked here; this one always says yes at once. */
function agree(response, asked) {
  const back = new URL(asked.get('redirect_uri'));
  back.searchParams.set('code', 'bench-code');
  back.searchParams.set('state', asked.get('state'));
  response.writeHead(302, { location: back.href }).end();
}

function answer(response, body) {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
}

onQuestion(() => ({ requests }));
await listenAndTell(server);
