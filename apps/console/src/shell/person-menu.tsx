import { useNavigate } from '@tanstack/react-router';
import { keepProviderSignOut, setSession, useScope } from '../api/index.js';
import { ActMenu, complain, reasonOf } from '../ui/index.js';
import { useTheme, type Theme } from './theme.js';

const THEMES: { theme: Theme; label: string; icon: 'system' | 'sun' | 'moon' }[] = [
  { theme: 'system', label: 'As the system', icon: 'system' },
  { theme: 'light', label: 'Light', icon: 'sun' },
  { theme: 'dark', label: 'Dark', icon: 'moon' },
];

export function PersonMenu() {
  const { api, session, project } = useScope();
  const [theme, setTheme] = useTheme();
  const navigate = useNavigate();
  const { name, email } = session.person;
  const leave = () => {
    api.request('signOut').then(
      ({ provider_sign_out_url: there }) => {
        keepProviderSignOut(there);
        setSession(null);
      },
      (error: unknown) => complain(`You are still signed in: ${reasonOf(error)}`),
    );
  };
  return (
    <ActMenu
      header={
        <div className="text-sm">
          <p className="truncate font-medium">{name || email}</p>
          <p className="truncate text-soft">
            {email} · {project.role}
          </p>
        </div>
      }
      items={[
        'line',
        ...THEMES.map(({ theme: each, label, icon }) => ({
          label,
          icon,
          isChosen: each === theme,
          onSelect: () => setTheme(each),
        })),
        'line',
        {
          label: 'You and your keys',
          icon: 'user',
          onSelect: () =>
            void navigate({ to: '/p/$project/settings/you' as string, params: { project: project.id } }),
        },
        { label: 'API reference', icon: 'book', onSelect: () => window.open('/docs', '_blank', 'noopener') },
        'line',
        { label: 'Sign out', icon: 'signOut', onSelect: leave },
      ]}
      trigger={
        <button
          type="button"
          aria-label={`You: ${name || email}`}
          className="inline-flex size-8 items-center justify-center rounded-lg hover:bg-hover"
        >
          <span className="flex size-6 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent uppercase">
            {(name || email).slice(0, 1)}
          </span>
        </button>
      }
    />
  );
}
