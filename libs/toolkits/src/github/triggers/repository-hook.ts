import { z } from 'zod';
import { path } from '../../tool-runtime.js';
import type { TriggerWebhook } from '../../trigger.js';
import { part, text } from '../../triggers/reading.js';
import { unlessGone } from '../../triggers/unless-gone.js';
import { githubReceiver } from './receiver.js';

export const repository = {
  owner: z.string().min(1).describe('Who the repository belongs to: a person or an organization.'),
  repo: z.string().min(1).describe('Name of the repository.'),
};
export interface Repository {
  owner: string;
  repo: string;
}

const Hook = z.object({ github_hook_id: z.number() });
const Created = z.looseObject({ id: z.number() });

/** Webhooks of one repository, for events of one kind: https://docs.github.com/en/rest/repos/webhooks */
export function repositoryHook<C extends Repository, P>(
  event: string,
  events: NonNullable<TriggerWebhook<C, P>['events']>,
): TriggerWebhook<C, P> {
  return {
    receiver: githubReceiver,
    async register({ config: { owner, repo }, url, secret, runtime: { http } }) {
      const config = { url, content_type: 'json', secret, insecure_ssl: '0' };
      const json = { name: 'web', active: true, events: [event], config };
      const made = await http.request({
        method: 'POST',
        url: path`/repos/${owner}/${repo}/hooks`,
        body: { json },
      });
      return { hook: { event_type: event, github_hook_id: Created.parse(made).id } };
    },
    async remove({ config: { owner, repo }, hook, runtime: { http } }) {
      const { github_hook_id: id } = Hook.parse(hook);
      await http
        .request({ method: 'DELETE', url: path`/repos/${owner}/${repo}/hooks/${id}` })
        .catch(unlessGone);
    },
    events: (delivery) =>
      delivery.kind === event
        ? events(delivery).map((one) => ({
            ...one,
            matches: (config, hook) => isOf(config, delivery.body) && (one.matches?.(config, hook) ?? true),
          }))
        : [],
  };
}

/** Whether a delivery is of the repository of the settings: names are of any case. */
function isOf({ owner, repo }: Repository, body: unknown): boolean {
  const name = text(part(body, 'repository')['full_name']);
  return name.toLowerCase() === `${owner}/${repo}`.toLowerCase();
}
