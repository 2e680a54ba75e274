import { Injectable } from '@nestjs/common';
import {
  accountBody,
  type Connection,
  type connectionChanged,
  type EventDataOf,
  type EventEnvelope,
  type toolkitChanged,
} from '@patchbay/contracts';
import { EventsService } from '../events/index.js';

type Changed<C extends typeof connectionChanged | typeof toolkitChanged> = EventEnvelope<EventDataOf<C>>;

/** Turns what other services publish into events that webhooks and streams are told, each fact once. */
@Injectable()
export class PlatformEventsService {
  constructor(private readonly events: EventsService) {}

  async onConnectionChanged({ projectId, data }: Changed<typeof connectionChanged>): Promise<void> {
    const { status, told } = data;
    const type = typeOf(status);
    if (!told || !type) return;
    const { account, organisationId } = told;
    await this.events.raise({
      projectId,
      type,
      data: bodyOf(account),
      metadata: {
        project_id: projectId,
        org_id: organisationId,
        user_id: account.userId,
        connected_account_id: account.id,
        toolkit_slug: account.toolkit,
      },
      // It is connected once, and expires once, each time that it is.
      dedupKey: `${account.id} ${account.connectedAt}`,
      at: new Date(account.updatedAt),
    });
  }

  async onToolkitChanged({ id, at, projectId, data }: Changed<typeof toolkitChanged>): Promise<void> {
    if (!data.heldBack) return;
    const { name, added, changed, removed, settings } = data.heldBack;
    await this.events.raise({
      projectId,
      type: 'composio.toolkit.changes_held_back',
      data: {
        toolkit: { slug: data.slug, name },
        added_tools: added,
        changed_tools: changed,
        removed_tools: removed,
        settings_changed: settings,
      },
      metadata: { project_id: projectId, toolkit_slug: data.slug },
      dedupKey: id,
      at: new Date(at),
    });
  }
}

function typeOf(status: EventDataOf<typeof connectionChanged>['status']) {
  if (status === 'EXPIRED' || status === 'REVOKED') return 'composio.connected_account.expired';
  return status === 'ACTIVE' ? 'composio.connected_account.activated' : undefined;
}

/** What `GET /connected_accounts/{id}` answers, with nothing of the credential, and `params`, which the SDK's schema wants. */
function bodyOf(account: Connection) {
  return { ...accountBody({ ...account, state: {} }), params: {} };
}
