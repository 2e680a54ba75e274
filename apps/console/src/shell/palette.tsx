import { Command } from 'cmdk';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { toolkitSearch, useAnswer, useScope } from '../api/index.js';
import { Icon, type IconName } from '../ui/index.js';
import { PLACES } from './places.js';

interface PaletteProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Search of everything by one field: pages, toolkits, and anything by its id. */
export function Palette({ isOpen, onOpenChange }: PaletteProps) {
  const isMac = navigator.platform.startsWith('Mac');
  return (
    <>
      <button
        type="button"
        onClick={() => onOpenChange(true)}
        aria-keyshortcuts="Control+K Meta+K"
        className="inline-flex h-8 items-center gap-2 rounded-lg px-2 text-sm text-soft transition-colors hover:bg-hover hover:text-ink sm:bg-paper sm:ring-1 sm:ring-line sm:ring-inset"
      >
        <Icon name="search" size={14} />
        <span className="w-32 text-left max-sm:sr-only">Search</span>
        <kbd aria-hidden="true" className="hidden font-sans text-xs sm:inline">
          {isMac ? '⌘K' : 'Ctrl K'}
        </kbd>
      </button>
      <Command.Dialog
        open={isOpen}
        onOpenChange={onOpenChange}
        label="Search"
        shouldFilter={false}
        overlayClassName="fixed inset-0 z-30 animate-appear bg-[rgb(10_14_30/0.45)]"
        contentClassName="fixed top-[12vh] left-1/2 z-40 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 animate-appear overflow-hidden rounded-xl bg-raised shadow-float"
      >
        <Search close={() => onOpenChange(false)} />
      </Command.Dialog>
    </>
  );
}

/** What ids of each kind begin with, and where one is shown. */
const KINDS: { begins: string; what: string; to: string; icon: IconName }[] = [
  { begins: 'log_', what: 'Call', to: 'calls', icon: 'calls' },
  { begins: 'trs_', what: 'Session', to: 'sessions', icon: 'sessions' },
  { begins: 'ac_', what: 'Auth config', to: 'auth-configs', icon: 'authConfigs' },
  { begins: 'ti_', what: 'Trigger', to: 'triggers/instances', icon: 'triggers' },
  { begins: 'msg_', what: 'Delivery', to: 'triggers/deliveries', icon: 'triggers' },
  { begins: 'ca_', what: 'Connected account', to: 'accounts', icon: 'accounts' },
];

function Search({ close }: { close: () => void }) {
  const [text, setText] = useState('');
  const { project } = useScope();
  const navigate = useNavigate();
  // At once, as the first line that fits is the chosen one; what has to be asked for follows.
  const word = text.trim();
  const asked = useDeferredValue(word);
  const toolkits = useAnswer(
    'listToolkits',
    { query: { ...toolkitSearch(asked), limit: 6 } },
    { enabled: toolkitSearch(asked).search !== undefined },
  );
  const go = (to: string, search: Record<string, string> = {}) => {
    close();
    void navigate({ to: `/p/${encodeURIComponent(project.id)}/${to}`, search });
  };
  const pages = PLACES.filter(({ name }) => name.toLowerCase().includes(word.toLowerCase()));
  const found = KINDS.filter(({ begins }) => word.startsWith(begins) && word.length > begins.length);
  return (
    <>
      <Command.Input
        value={text}
        onValueChange={setText}
        maxLength={200}
        placeholder="Pages, toolkits, users, or an id"
        className="h-12 w-full border-b border-line bg-transparent px-4 -outline-offset-2 placeholder:text-soft"
      />
      <Command.List className="max-h-96 overflow-y-auto p-2 **:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:py-1 **:[[cmdk-group-heading]]:text-xs **:[[cmdk-group-heading]]:text-soft">
        <Command.Empty className="px-3 py-8 text-center text-sm text-soft">Nothing fits.</Command.Empty>
        {found.map(({ begins, what, to, icon }) => (
          <Line
            key={begins}
            value={`id ${begins}`}
            icon={icon}
            onSelect={() => go(`${to}/${encodeURIComponent(word)}`)}
          >
            {what} <span className="font-mono">{word}</span>
          </Line>
        ))}
        {pages.length > 0 && (
          <Command.Group heading="Pages">
            {pages.map(({ to, name, icon }) => (
              <Line key={to} value={`page ${to}`} icon={icon} onSelect={() => go(to)}>
                {name}
              </Line>
            ))}
          </Command.Group>
        )}
        {toolkitSearch(asked).search !== undefined && (toolkits.data?.items.length ?? 0) > 0 && (
          <Command.Group heading="Toolkits">
            {toolkits.data?.items.map(({ slug, name }) => (
              <Line
                key={slug}
                value={`toolkit ${slug}`}
                icon="toolkits"
                onSelect={() => go(`toolkits/${encodeURIComponent(slug)}`)}
              >
                {name} <span className="text-soft">{slug}</span>
              </Line>
            ))}
          </Command.Group>
        )}
        {word.length > 0 && found.length === 0 && (
          <Command.Group heading="What is on record">
            <Line value="user accounts" icon="accounts" onSelect={() => go('accounts', { user: word })}>
              Accounts of the user “{word}”
            </Line>
            <Line value="user calls" icon="calls" onSelect={() => go('calls', { user: word })}>
              Calls of the user “{word}”
            </Line>
            <Line value="text calls" icon="search" onSelect={() => go('calls', { text: word })}>
              Calls that say “{word}”
            </Line>
          </Command.Group>
        )}
      </Command.List>
    </>
  );
}

function Line(props: { value: string; icon: IconName; onSelect: () => void; children: React.ReactNode }) {
  return (
    <Command.Item
      value={props.value}
      onSelect={props.onSelect}
      className="flex cursor-pointer items-center gap-2.5 rounded-lg px-2 py-2 text-sm data-[selected=true]:bg-hover"
    >
      <Icon name={props.icon} className="text-soft" />
      <span className="min-w-0 truncate">{props.children}</span>
    </Command.Item>
  );
}
