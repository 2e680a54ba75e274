import { Link, useParams } from '@tanstack/react-router';
import { useMay, useOwnsOrganisation, useScope } from '../api/index.js';
import { Empty, PageHead } from '../ui/index.js';
import { Audit } from './audit.js';
import { Keys } from './keys.js';
import { People } from './people.js';
import { ProjectSettings } from './project-settings.js';
import { Projects } from './projects.js';
import { You } from './you.js';

const SECTIONS = [
  { to: 'project', name: 'Project' },
  { to: 'keys', name: 'Keys' },
  { to: 'audit', name: 'Audit' },
  { to: 'projects', name: 'Projects' },
  { to: 'people', name: 'People' },
  { to: 'you', name: 'You' },
] as const;

export function SettingsPage() {
  const { section = 'project' } = useParams({ strict: false }) as { section?: string };
  const { project } = useScope();
  const ownsProject = useMay('owner');
  const ownsOrganisation = useOwnsOrganisation();
  const forOwners = (
    <Empty icon="shield" title="This is for owners">
      Your role in it is {project.role}. An owner can change that, or do it for you.
    </Empty>
  );
  return (
    <>
      <PageHead title="Settings" />
      <nav aria-label="Settings" className="shrink-0 overflow-x-auto border-b border-line px-3 sm:px-5">
        <ul className="flex gap-1">
          {SECTIONS.map(({ to, name }) => (
            <li key={to}>
              <Link
                to="/p/$project/settings/$section"
                params={{ project: project.id, section: to }}
                aria-current={to === section ? 'page' : undefined}
                className="-mb-px inline-flex h-9 items-center border-b-2 border-transparent px-2 text-sm whitespace-nowrap text-soft -outline-offset-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
              >
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {section === 'audit' ? (
        <Audit />
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <div className="max-w-3xl pb-16">
            {section === 'project' && <ProjectSettings />}
            {section === 'keys' && (ownsProject ? <Keys /> : forOwners)}
            {section === 'projects' && (ownsOrganisation ? <Projects /> : forOwners)}
            {section === 'people' && (ownsOrganisation ? <People /> : forOwners)}
            {section === 'you' && <You />}
          </div>
        </div>
      )}
    </>
  );
}
