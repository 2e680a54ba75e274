import { expect, it } from 'vitest';
import { ToolFailure, type ToolRequest } from '../../tool-runtime.js';
import type { PollRequest, TriggerRuntime } from '../../trigger.js';
import { commitEvent } from './commits.js';

/** GitHub with one branch, as far as it is asked for commits: those that it was pushed away from it knows until it forgets. */
function repository(...shas: string[]) {
  const known = new Map<string, string[]>();
  let branch: string[] = [];
  const push = (...now: string[]) => {
    branch = now;
    for (const [place, sha] of now.entries()) known.set(sha, now.slice(0, place + 1));
  };
  push(...shas);
  const commit = (sha: string) => ({ sha, html_url: '', commit: { message: sha, author: null } });
  const request = async ({ url, query = {} }: ToolRequest) => {
    const newest = [...branch].toReversed();
    const [, base] = /\/compare\/(\w+)\.\.\./.exec(url) ?? [];
    if (base === undefined) return newest.slice(0, Number(query['per_page'])).map(commit);
    const before = known.get(base);
    if (!before) throw new ToolFailure('Not Found', { status_code: 404 });
    const commits = branch.filter((sha) => !before.includes(sha)).slice(0, Number(query['per_page']));
    return { commits: commits.map(commit) };
  };
  let cursor: PollRequest<object>['cursor'] = null;
  const poll = async () => {
    const runtime = { http: { request } } as unknown as TriggerRuntime;
    const config = { owner: 'octo', repo: 'hello' };
    const found = await commitEvent.poll?.({ config, cursor, runtime, limit: 100 });
    cursor = found?.cursor ?? null;
    return found?.events.map(({ id }) => id);
  };
  return { push, forget: (sha: string) => known.delete(sha), poll };
}

it('after a push by force the commits are told that were written anew, and no others', async () => {
  const { push, poll } = repository('a', 'b', 'c');
  expect(await poll()).toEqual([]);
  push('a', 'x', 'y');
  expect(await poll()).toEqual(['x', 'y']);
  // Back to an older one, and on from there.
  push('a');
  expect(await poll()).toEqual([]);
  push('a', 'x', 'z');
  expect(await poll()).toEqual(['x', 'z']);
});

it('where GitHub forgot the commit that was replaced they are counted from one before', async () => {
  const { push, forget, poll } = repository('a');
  await poll();
  push('a', 'b');
  expect(await poll()).toEqual(['b']);
  push('a', 'b', 'c');
  expect(await poll()).toEqual(['c']);
  push('a', 'b', 'd', 'e');
  forget('c');
  expect(await poll()).toEqual(['d', 'e']);
  // None of those that were known is: it begins anew.
  push('other');
  for (const sha of ['a', 'b', 'c', 'd', 'e']) forget(sha);
  expect(await poll()).toEqual([]);
  push('other', 'more');
  expect(await poll()).toEqual(['more']);
});

it('many commits come in as many polls as they need', async () => {
  const { push, poll } = repository('first');
  await poll();
  const many = Array.from({ length: 150 }, (_, number) => `c${number}`);
  push('first', ...many);
  expect([...((await poll()) ?? []), ...((await poll()) ?? [])]).toEqual(many);
  expect(await poll()).toEqual([]);
});

it('a repository without a commit tells its first ones', async () => {
  const { push, poll } = repository();
  expect(await poll()).toEqual([]);
  push('a', 'b');
  expect(await poll()).toEqual(['a', 'b']);
});
