import { useParams } from '@tanstack/react-router';
import { Deliveries } from './deliveries.js';
import { Endpoints } from './endpoints.js';
import { Events } from './events.js';
import { Instances } from './instances.js';
import { Subscription } from './subscription.js';
import { Types } from './types.js';

const VIEWS: Record<string, () => React.ReactNode> = {
  types: Types,
  events: Events,
  deliveries: Deliveries,
  webhook: Subscription,
  endpoints: Endpoints,
};

/** What a project is told of by itself: what is watched, what was seen, and what became of it on its way. */
export function TriggersPage() {
  const { section = '' } = useParams({ strict: false }) as { section?: string };
  const View = VIEWS[section] ?? Instances;
  return <View />;
}
