import type { Answer } from '@patchbay/client';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useAnswer } from '../api/index.js';
import { JsonView } from '../json/index.js';
import { Badge, Facts, Failure, Id, Panel, Section, SkeletonLines, Tabs } from '../ui/index.js';
import { SearchTuning, WhyFound } from '../tool-search/index.js';
import { SchemaTable } from '../schemas/index.js';
import { TryTool } from './try-tool.js';

/** One tool: what it takes and gives, and trying it. */
export function ToolPanel({ slug, onClose }: { slug: string; onClose: () => void }) {
  const { data, error, refetch } = useAnswer('getTool', { path: { slug } });
  const { tab = 'about', search } = useSearch({ strict: false }) as { tab?: string; search?: string };
  const navigate = useNavigate();
  return (
    <Panel label="Tool" onClose={onClose} title={<span className="font-medium">{data?.name ?? slug}</span>}>
      {error && !data ? (
        <Failure error={error} what="The tool" onRetry={() => void refetch()} />
      ) : data ? (
        <Tabs
          label="Tool"
          value={tab}
          onChange={(value) =>
            void navigate({
              to: '.',
              search: (before) => ({ ...before, tab: value === 'about' ? undefined : value }),
              replace: true,
            })
          }
          tabs={[
            { value: 'about', title: 'About', content: <About tool={data} /> },
            { value: 'try', title: 'Try it', content: <TryTool tool={data} /> },
            {
              value: 'search',
              title: 'In searches',
              content: (
                <>
                  {search && <WhyFound sentence={search} slug={data.slug} toolkit={data.toolkit.slug} />}
                  <SearchTuning slug={data.slug} toolkit={data.toolkit.slug} />
                </>
              ),
            },
            {
              value: 'schemas',
              title: 'Schemas',
              content: (
                <>
                  <JsonView title="What it takes" value={data.input_parameters} name={`${slug}-input`} />
                  <JsonView title="What it gives" value={data.output_parameters} name={`${slug}-output`} />
                </>
              ),
            },
          ]}
        />
      ) : (
        <SkeletonLines lines={8} />
      )}
    </Panel>
  );
}

function About({ tool }: { tool: Answer<'getTool'> }) {
  return (
    <>
      <Section title="What it does">
        <p className="max-w-prose break-words whitespace-pre-wrap">{tool.description}</p>
      </Section>
      <Section title="Tool">
        <Facts
          facts={[
            ['Slug', <Id key="slug" value={tool.slug} longest={48} />],
            ['Version', tool.version],
            [
              'Tags',
              tool.tags.length > 0 &&
                tool.tags.map((tag) => (
                  <Badge key={tag} className="mr-1">
                    {tag}
                  </Badge>
                )),
            ],
            [
              'Scopes',
              tool.scopes.length > 0 && <span className="font-mono break-all">{tool.scopes.join(' ')}</span>,
            ],
            ['Deprecated', tool.is_deprecated && 'Yes: another takes its place'],
          ]}
        />
      </Section>
      <Section title="Arguments">
        <SchemaTable schema={tool.input_parameters} />
      </Section>
    </>
  );
}
