import { useAnswer } from '../api/index.js';
import { SchemaTable } from '../schemas/index.js';
import { Facts, Failure, Id, Logo, Panel, Section, SkeletonLines, Tabs } from '../ui/index.js';
import { ToTriggers } from './frame.js';
import { MakeTrigger } from './make-trigger.js';
import { Needs } from './needs.js';
import { useFilters } from './places.js';
import type { TriggerType } from './words.js';

/** One type: what it asks, what its events hold, and making a trigger of it. */
export function TypePanel({ slug, onClose }: { slug: string; onClose: () => void }) {
  const { data, error, refetch } = useAnswer('getTriggerType', { path: { slug } });
  const { filters, change } = useFilters<'tab'>();
  return (
    <Panel
      label="Trigger type"
      onClose={onClose}
      title={
        <span className="flex items-center gap-2.5">
          {data && <Logo src={data.toolkit.logo} name={data.toolkit.slug} size={20} />}
          <span className="truncate font-medium">{data?.name ?? slug}</span>
        </span>
      }
    >
      {data ? (
        <Tabs
          label="Trigger type"
          value={filters.tab ?? 'about'}
          onChange={(tab) => change({ tab: tab === 'about' ? undefined : tab })}
          tabs={[
            { value: 'about', title: 'About', content: <About type={data} /> },
            { value: 'make', title: 'Make a trigger', content: <MakeTrigger type={data} /> },
          ]}
        />
      ) : error ? (
        <Failure error={error} what="The trigger type" onRetry={() => void refetch()} />
      ) : (
        <SkeletonLines lines={8} />
      )}
    </Panel>
  );
}

function About({ type }: { type: TriggerType }) {
  return (
    <>
      <Section title="What it sees">
        <p className="max-w-prose break-words whitespace-pre-wrap">{type.description}</p>
        {type.instructions && (
          <p className="mt-2 max-w-prose text-sm break-words whitespace-pre-wrap text-soft">
            {type.instructions}
          </p>
        )}
        <Needs type={type} />
      </Section>
      <Section title="Type">
        <Facts
          facts={[
            ['Slug', <Id key="slug" value={type.slug} longest={48} />],
            ['Toolkit', type.toolkit.name],
            [
              'Comes by',
              type.type === 'poll' ? 'polling: the provider is asked' : 'push: the provider tells',
            ],
            ['Version', type.version],
            [
              'Triggers',
              <ToTriggers key="made" section="instances" search={{ type: type.slug }}>
                Those of this type
              </ToTriggers>,
            ],
          ]}
        />
      </Section>
      <Section title="Settings of a trigger">
        <SchemaTable schema={type.config} />
      </Section>
      <Section title="What an event holds">
        <SchemaTable schema={type.payload} none="Its fields are not described." />
      </Section>
    </>
  );
}
