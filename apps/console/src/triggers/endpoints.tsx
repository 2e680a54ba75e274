import { useMay, usePages, useApi } from '../api/index.js';
import { Button, Empty, ListAndPanel, Logo, Table, type Column } from '../ui/index.js';
import { EndpointPanel } from './endpoint.panel.js';
import { Head } from './frame.js';
import { MakeEndpoint } from './make-endpoint.js';
import { useFilters, useOpened } from './places.js';

interface Endpoint {
  id: string;
  toolkit_slug: string;
  client_id: string | null;
}

const COLUMNS: Column<Endpoint>[] = [
  {
    header: 'Toolkit',
    width: 'minmax(8rem, 1fr)',
    cell: ({ toolkit_slug }) => (
      <span className="flex items-center gap-2.5">
        <Logo name={toolkit_slug} size={20} />
        <span className="truncate font-medium">{toolkit_slug}</span>
      </span>
    ),
  },
  {
    header: 'OAuth app',
    width: 'minmax(8rem, 1.4fr)',
    cell: ({ client_id }) => <bdi className="font-mono">{client_id}</bdi>,
  },
  {
    header: 'Id',
    width: 'minmax(8rem, 1fr)',
    hidden: 'middle',
    cell: ({ id }) => <span className="font-mono text-soft">{id}</span>,
  },
];

/** Where providers post for OAuth apps of the project's own. */
export function Endpoints() {
  const api = useApi();
  const may = useMay('developer');
  const { openId, open } = useOpened('endpoints');
  const { filters, change } = useFilters<'make'>();
  const pages = usePages(['listWebhookEndpoints'], async (_cursor, signal) => {
    const { items } = await api.request('listWebhookEndpoints', { signal });
    return { items };
  });
  const make = (
    <Button kind="primary" icon="plus" disabled={!may} onClick={() => change({ make: 'yes' })}>
      New endpoint
    </Button>
  );
  return (
    <>
      <ListAndPanel
        list={
          <>
            <Head section="endpoints" note="Where providers post for OAuth apps of your own.">
              {make}
            </Head>
            <Table
              label="Webhook endpoints"
              columns={COLUMNS}
              pages={pages}
              idOf={({ id }) => id}
              nameOf={({ toolkit_slug, client_id }) => `${toolkit_slug}, app ${client_id ?? 'unknown'}`}
              onOpen={({ id }) => open(id)}
              openId={openId}
              empty={
                <Empty icon="link" title="No OAuth app of yours posts here">
                  Some providers, as Slack, post the events of all accounts of an OAuth app to one address.
                  For an app of your own, make that address here, and enter it at the provider.
                </Empty>
              }
            />
          </>
        }
        panel={openId !== undefined && <EndpointPanel key={openId} id={openId} onClose={() => open()} />}
      />
      {filters.make && (
        <MakeEndpoint
          toolkit={filters.make === 'yes' ? '' : filters.make}
          onClose={() => change({ make: undefined })}
          onMade={(id) => open(id, false)}
        />
      )}
    </>
  );
}
