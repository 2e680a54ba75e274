import { Link } from '@tanstack/react-router';
import { useAnswer, useOwnsOrganisation, useScope, useWholeList } from '../api/index.js';
import { BY_THEMSELVES } from '../trigger-states/index.js';
import { counted, Icon, SkeletonLines, Status, type Tone } from '../ui/index.js';

interface Matter {
  tone: Tone;
  word: string;
  what: string;
  to: string;
  search?: Record<string, string>;
}

/** What goes on only when a person does something. */
export function Attention() {
  const { project } = useScope();
  const isOwner = useOwnsOrganisation();
  const accounts = (status: 'EXPIRED' | 'FAILED') => ({
    query: { statuses: [status], limit: 1, account_type: 'ALL' as const },
  });
  const expired = useAnswer('listConnectedAccounts', accounts('EXPIRED'), { every: 30_000 });
  const failed = useAnswer('listConnectedAccounts', accounts('FAILED'), { every: 30_000 });
  const toolkits = useWholeList('listCustomToolkits', { query: { limit: 100 } }, { every: 30_000 });
  const stopped = useAnswer(
    'listTriggers',
    { query: { limit: 1, disabled_reasons: [...BY_THEMSELVES] } },
    { every: 30_000 },
  );
  const webhooks = useAnswer('listWebhookSubscriptions', {}, { every: 30_000 });
  const letters = useAnswer('countDeadLetters', {}, { enabled: isOwner, every: 60_000 });
  if (expired.isPending || toolkits.isPending || stopped.isPending || webhooks.isPending)
    return <SkeletonLines lines={3} />;

  const held = toolkits.items.filter(({ status, held_back }) => status === 'needs_approval' || held_back);
  const broken = toolkits.items.filter(({ problem }) => problem);
  const webhook = webhooks.data?.items.find(({ status }) => status !== 'active');
  const dead = letters.data?.items.reduce((sum, { total }) => sum + (total ?? 0), 0) ?? 0;
  const matters: Matter[] = [];
  const add = (number: number, matter: Matter) => number > 0 && matters.push(matter);
  const [ran, fell] = [expired.data?.total_items ?? 0, failed.data?.total_items ?? 0];
  add(ran, {
    tone: 'attention',
    word: 'Expired',
    what: counted(ran, 'account'),
    to: 'accounts',
    search: { status: 'EXPIRED' },
  });
  add(fell, {
    tone: 'bad',
    word: 'Failed',
    what: counted(fell, 'sign-in'),
    to: 'accounts',
    search: { status: 'FAILED' },
  });
  add(held.length, {
    tone: 'attention',
    word: 'Held back',
    what: counted(held.length, 'toolkit waits for approval', 'toolkits wait for approval'),
    to: 'toolkits',
    search: { type: 'custom' },
  });
  add(broken.length, {
    tone: 'bad',
    word: 'Not read',
    what: counted(broken.length, 'toolkit’s source', 'toolkits’ sources'),
    to: 'toolkits',
    search: { type: 'custom' },
  });
  const still = stopped.data?.total_items ?? 0;
  add(still, {
    tone: 'bad',
    word: 'Stopped',
    what: counted(still, 'trigger'),
    to: 'triggers/instances',
    search: { state: 'stopped' },
  });
  if (webhook)
    matters.push({
      tone: 'bad',
      word: webhook.status === 'failing' ? 'Failing' : 'Stopped',
      what: 'the project’s webhook',
      to: 'triggers/webhook',
    });
  if (dead > 0)
    matters.push({
      tone: 'bad',
      word: 'Set aside',
      what: counted(dead, 'event'),
      to: 'settings/audit',
    });

  const isPartial =
    toolkits.hasMore || [expired, failed, toolkits, stopped, webhooks, letters].some(({ error }) => error);
  const partly = (
    <p className="flex items-center gap-2 text-sm text-soft">
      <Icon name="attention" size={14} className="text-wait" />
      Not everything could be asked.
    </p>
  );
  if (matters.length === 0)
    return isPartial ? (
      partly
    ) : (
      <p className="flex items-center gap-2 text-sm text-soft">
        <Icon name="success" size={14} className="text-good" />
        Nothing. All is well.
      </p>
    );
  return (
    <>
      <ul className="-mx-2 space-y-0.5">
        {matters.map(({ tone, word, what, to, search }) => (
          <li key={word + what}>
            <Link
              to={`/p/$project/${to}` as '/p/$project'}
              params={{ project: project.id }}
              search={search ?? {}}
              className="flex items-center justify-between gap-3 rounded-lg px-2 py-1.5 hover:bg-hover"
            >
              <Status tone={tone} word={word} />
              <span className="flex min-w-0 items-center gap-1 text-sm">
                <span className="truncate">{what}</span> <Icon name="right" size={12} className="text-soft" />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {isPartial && partly}
    </>
  );
}
