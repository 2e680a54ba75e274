import { useNavigate } from '@tanstack/react-router';
import { useScope } from '../api/index.js';
import { Mark } from '../sign-in/index.js';
import { ActMenu, Icon } from '../ui/index.js';

/** Which project all of this is about, and the way to another. */
export function ProjectSwitcher({ isFolded }: { isFolded: boolean }) {
  const { session, project } = useScope();
  const navigate = useNavigate();
  return (
    <div className="p-2">
      <ActMenu
        align="start"
        header={<p className="truncate text-xs text-soft">{session.organization.name}</p>}
        trigger={
          <button
            type="button"
            aria-label={`Project ${project.name}: choose another`}
            className="flex h-10 w-full min-w-0 items-center gap-2.5 rounded-lg px-2 text-left transition-colors hover:bg-hover"
          >
            <Mark size={24} />
            {!isFolded && (
              <>
                <span className="min-w-0 flex-1 truncate font-medium">{project.name}</span>
                <Icon name="upDown" size={14} className="text-soft" />
              </>
            )}
          </button>
        }
        items={session.projects.map(({ id, name }) => ({
          label: name,
          isChosen: id === project.id,
          onSelect: () => void navigate({ to: '/p/$project', params: { project: id } }),
        }))}
      />
    </div>
  );
}
