import type { TriggerHook } from '@patchbay/contracts';
import { z } from 'zod';
import { triggerType, type TriggerSpec } from '../../trigger.js';
import { isObject, part, text } from '../../triggers/reading.js';
import { notionReceiver } from './receiver.js';

const Me = z.looseObject({
  id: z.string(),
  bot: z.looseObject({ workspace_id: z.string().optional() }).optional(),
});

const payload = z.object({
  id: z.string().describe('Id of the event.'),
  type: z.string().describe("Notion's name of what happened."),
  timestamp: z.string().describe('When, ISO 8601.'),
  workspace_id: z.string().describe('Id of the workspace.'),
  workspace_name: z.string().describe('Name of the workspace.'),
  entity: z.looseObject({}).describe('What it is about: id and type.'),
  authors: z.array(z.looseObject({})).describe('Who did it.'),
  data: z.looseObject({}).describe('More of it, such as its parent.'),
});

/** An integration of a workspace sees what is shared with it: Notion names all bots and people who may see an event. */
function maySee(body: Record<string, unknown>, hook: TriggerHook): boolean {
  const { workspace_id: workspace } = hook;
  if (workspace !== undefined && workspace !== body['workspace_id']) return false;
  const allowed = Array.isArray(body['accessible_by']) ? body['accessible_by'].filter(isObject) : [];
  return allowed.some(({ id }) => id === hook['bot_id']);
}

function pushed(slug: string, kind: string, name: string, description: string, ofPage = false): TriggerSpec {
  return triggerType({
    slug,
    name,
    description,
    instructions: `The integration must be subscribed to ${kind}, and what is watched be shared with it.`,
    config: z.object(ofPage ? { page_id: z.string().min(1).optional().describe('Only of this page.') } : {}),
    payload,
    webhook: {
      receiver: notionReceiver,
      async register({ runtime: { http } }) {
        const { id, bot } = Me.parse(await http.request({ method: 'GET', url: '/v1/users/me' }));
        return { hook: { bot_id: id, ...(bot?.workspace_id && { workspace_id: bot.workspace_id }) } };
      },
      events: ({ kind: sent, body }) =>
        sent === kind
          ? [
              {
                payload: {
                  id: text(body['id']),
                  type: text(body['type']),
                  timestamp: text(body['timestamp']),
                  workspace_id: text(body['workspace_id']),
                  workspace_name: text(body['workspace_name']),
                  entity: part(body, 'entity'),
                  authors: Array.isArray(body['authors']) ? body['authors'].filter(isObject) : [],
                  data: part(body, 'data'),
                },
                matches: ({ page_id: page }: { page_id?: unknown }, hook) =>
                  maySee(body, hook) && (!page || isSameId(page, part(body, 'data')['page_id'])),
              },
            ]
          : [],
    },
  });
}

/** With dashes or without. */
function isSameId(a: unknown, b: unknown): boolean {
  return text(a).replaceAll('-', '') === text(b).replaceAll('-', '');
}

export const pushedTriggers: TriggerSpec[] = [
  pushed('NOTION_PAGE_CREATED', 'page.created', 'Page created', 'A page is made in the workspace.'),
  pushed(
    'NOTION_PAGE_CONTENT_UPDATED',
    'page.content_updated',
    'Content changed',
    'What a page says is changed.',
  ),
  pushed(
    'NOTION_PAGE_PROPERTIES_UPDATED',
    'page.properties_updated',
    'Properties changed',
    'The properties of a page are changed.',
  ),
  pushed('NOTION_COMMENT_CREATED', 'comment.created', 'Comment created', 'Somebody writes a comment.', true),
  pushed('NOTION_DATABASE_CREATED', 'database.created', 'Database created', 'A database is made.'),
  pushed('NOTION_DATASOURCE_CREATED', 'data_source.created', 'Data source created', 'A data source is made.'),
  pushed(
    'NOTION_DATASOURCE_SCHEMA_UPDATED',
    'data_source.schema_updated',
    'Columns changed',
    'The columns of a data source are changed.',
  ),
];
