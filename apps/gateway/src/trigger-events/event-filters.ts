import type { TriggerEvent } from '@patchbay/contracts';
import { z } from 'zod';
import { queryList } from '../http/index.js';

/** Which events somebody wants to see; a list that is not given does not matter. */
export const eventFilters = {
  event_types: queryList.describe('As `composio.trigger.message`.'),
  trigger_ids: queryList,
  trigger_slugs: queryList.describe('In any case.'),
  toolkit_slugs: queryList.describe('In any case.'),
  user_ids: queryList,
  connected_account_ids: queryList,
};
const EventFilters = z.object(eventFilters);
export type EventFilters = z.output<typeof EventFilters>;

/** Of events that are not of a trigger, what is asked of triggers is asked of their metadata. */
export function matches({ type, origin, metadata }: TriggerEvent, filters: EventFilters): boolean {
  const told = (name: string) => (typeof metadata[name] === 'string' ? metadata[name] : undefined);
  return (
    isIn(filters.event_types, type) &&
    isIn(filters.trigger_ids, origin?.instanceId ?? told('trigger_id')) &&
    isIn(upper(filters.trigger_slugs), origin?.triggerSlug.toUpperCase() ?? told('trigger_slug')) &&
    isIn(upper(filters.toolkit_slugs), (origin?.toolkit ?? told('toolkit_slug'))?.toUpperCase()) &&
    isIn(filters.user_ids, origin?.userId ?? told('user_id')) &&
    isIn(filters.connected_account_ids, origin?.connectionId ?? told('connected_account_id'))
  );
}

function isIn(wanted: readonly string[] | undefined, value: string | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value));
}

function upper(texts: readonly string[] | undefined): string[] | undefined {
  return texts?.map((text) => text.toUpperCase());
}
