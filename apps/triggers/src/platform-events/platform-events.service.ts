import { Injectable } from '@nestjs/common';
import {
  accountBody,
  partsOfKey,
  type ApprovalWanted,
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

  async onApprovalWanted({ id, at, projectId, data }: EventEnvelope<ApprovalWanted>): Promise<void> {
    const { sessionId, userId, keys, asked } = data;
    const time = new Date(at);
    const refused = `${sessionId} ${keys.toSorted().join(' ')} ${Math.floor(time.getTime() / REFUSED_AGAIN_MS)}`;
    await this.events.raise({
      projectId,
      type: 'composio.session.approval_wanted',
      data: {
        session_id: sessionId,
        user_id: userId,
        status: asked ? 'asked' : 'refused',
        calls: keys.map(partsOfKey).map(({ toolSlug, connectionId }) => ({
          tool_slug: toolSlug,
          connected_account_id: connectionId,
        })),
      },
      metadata: { project_id: projectId, session_id: sessionId, user_id: userId },
      dedupKey: asked ? id : refused,
      at: time,
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

/** A client that cannot ask is refused each time that it calls: so long that is one fact. */
const REFUSED_AGAIN_MS = 3_600_000;

function typeOf(status: EventDataOf<typeof connectionChanged>['status']) {
  if (status === 'EXPIRED' || status === 'REVOKED') return 'composio.connected_account.expired';
  return status === 'ACTIVE' ? 'composio.connected_account.activated' : undefined;
}

/** What `GET /connected_accounts/{id}` answers, with nothing of the credential, and `params`, which the SDK's schema wants. */
function bodyOf(account: Connection) {
  return { ...accountBody({ ...account, state: {} }), params: {} };
}
