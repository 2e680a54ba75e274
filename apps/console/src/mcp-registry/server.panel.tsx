import type { Answer } from '@patchbay/client';
import { useAnswer, useMay } from '../api/index.js';
import { Facts, Failure, Id, Panel, Section, SkeletonLines, Status, Time } from '../ui/index.js';
import { AddServer } from './add-server.js';

export type RegistryServer = Answer<'getMcpRegistryServer'>;
export type RegistryField = RegistryServer['remotes'][number]['fields'][number];

/** One entry: what it says of itself, what it asks for, and adding it. */
export function ServerPanel(props: { registry: string; server: string; onClose: () => void }) {
  const { registry, onClose } = props;
  const [namespace = '', name = ''] = props.server.split('/');
  const { data, error, refetch } = useAnswer('getMcpRegistryServer', { path: { registry, namespace, name } });
  const may = useMay('developer');
  return (
    <Panel
      label="MCP server"
      onClose={onClose}
      title={<bdi className="truncate font-medium">{data?.title ?? props.server}</bdi>}
    >
      {data ? (
        <>
          <About server={data} />
          {data.refusal ? (
            <Section title="It cannot be added">
              <p className="text-sm break-words">
                <bdi>{data.refusal}</bdi>
              </p>
            </Section>
          ) : may ? (
            <AddServer server={data} />
          ) : (
            <Section title="Adding it">
              <p className="text-sm text-soft">Developers and owners of the project add toolkits.</p>
            </Section>
          )}
          <Ways server={data} />
        </>
      ) : error ? (
        <Failure error={error} what="The server" onRetry={() => void refetch()} />
      ) : (
        <SkeletonLines lines={8} />
      )}
    </Panel>
  );
}

function About({ server }: { server: RegistryServer }) {
  return (
    <Section title="What it is">
      <p className="mb-3 max-w-prose break-words">
        <bdi>{server.description}</bdi>
      </p>
      {server.status !== 'active' && (
        <p className="mb-3 text-sm">
          <Status tone="attention" word={server.status === 'deprecated' ? 'Deprecated' : 'Deleted'} />{' '}
          <bdi>{server.status_message}</bdi>
        </p>
      )}
      <Facts
        facts={[
          ['Name', <Id key="name" value={server.name} longest={48} />],
          ['Version', server.version],
          ['Published', server.updated_at && <Time key="at" at={server.updated_at} />],
          ['Website', <Outside key="site" url={server.website_url} />],
          ['Source', <Outside key="source" url={server.repository_url} />],
        ]}
      />
    </Section>
  );
}

/** Only https addresses come from the API; it is the maker's word where they lead. */
function Outside({ url }: { url: string | null }) {
  if (!url) return <span className="text-soft">not said</span>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" className="break-all text-accent underline">
      {url}
    </a>
  );
}

function Ways({ server }: { server: RegistryServer }) {
  return (
    <Section title="Ways to it">
      <ul className="space-y-3 text-sm">
        {server.remotes.map(({ type, url, refusal, fields }, at) => (
          <li key={`remote ${at}`}>
            <span className="block font-mono break-all">{url}</span>
            <Way kind={type} refusal={refusal} fields={fields} />
          </li>
        ))}
        {server.packages.map(({ registry_type: type, identifier, version, refusal, fields }, at) => (
          <li key={`package ${at}`}>
            <span className="block font-mono break-all">
              {identifier} {version}
            </span>
            <Way kind={type} refusal={refusal} fields={fields} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Way({ kind, refusal, fields }: { kind: string; refusal: string | null; fields: RegistryField[] }) {
  const asks = fields.map(({ display_name: name }) => name).join(', ');
  return (
    <span className="block break-words text-soft">
      {kind}
      {refusal && `: ${refusal}`}
      {asks && `. Asks for ${asks}.`}
    </span>
  );
}
