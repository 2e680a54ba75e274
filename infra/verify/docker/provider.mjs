// What the platform meets outside, in one small server: an API like GitHub's, with one repository, and a receiver of webhooks.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const commits = [commit(1)];
const deliveries = [];
const BEARER = 'Bearer the-token-of-ann';

function commit(number) {
  const by = { name: 'Ann', date: new Date().toISOString() };
  const sha = String(number).padStart(40, '0');
  return {
    sha,
    html_url: `http://provider/${sha}`,
    commit: { message: `Change ${number}`, author: by, committer: by },
  };
}

const routes = {
  'GET /user': () => ({ login: 'ann', id: 1 }),
  'GET /repos/octocat/hello-world/commits': () => commits.toReversed(),
  'POST /push': () => commits.push(commit(commits.length + 1)),
  'GET /deliveries': () => deliveries,
};

async function handle(request, response) {
  const { pathname } = new URL(request.url, 'http://provider');
  const answer = (status, body) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.method === 'POST' && pathname === '/hook') {
    deliveries.push({ headers: request.headers, body: JSON.parse(await text(request)) });
    return answer(200, {});
  }
  const isApi = pathname === '/user' || pathname.startsWith('/repos/');
  if (isApi && request.headers.authorization !== BEARER) return answer(401, { message: 'Bad credentials' });
  const known = /^\/repos\/octocat\/hello-world\/compare\/(\w+)\.\.\.(\w+)$/.exec(pathname);
  if (known)
    return answer(200, { commits: commits.slice(commits.findIndex(({ sha }) => sha === known[1]) + 1) });
  const route = routes[`${request.method} ${pathname}`];
  return route ? answer(200, route()) : answer(404, { message: 'Not Found' });
}

createServer((request, response) => void handle(request, response)).listen(8080);
