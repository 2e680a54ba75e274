import * as Dialog from '@radix-ui/react-dialog';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ProjectScope, useSessionQuery } from '../api/index.js';
import { IconButton } from '../ui/index.js';
import { Breadcrumb } from './breadcrumb.js';
import { Health } from './health.js';
import { Navigation } from './navigation.js';
import { Palette } from './palette.js';
import { PersonMenu } from './person-menu.js';
import { rememberProject } from './places.js';
import { ProjectSwitcher } from './project-switcher.js';

const FOLDED = 'patchbay.folded';

/** Everything around a page: where one may go, where one is, and who one is. */
export function Shell({ projectId }: { projectId: string }) {
  const { data: session } = useSessionQuery();
  const [isFolded, setFolded] = useState(() => localStorage.getItem(FOLDED) === 'yes');
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const { pathname } = useLocation();

  useEffect(() => rememberProject(projectId), [projectId]);
  useEffect(() => setDrawerOpen(false), [pathname]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setPaletteOpen((isOpen) => !isOpen);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  if (!session) return null;
  const fold = () => {
    localStorage.setItem(FOLDED, isFolded ? 'no' : 'yes');
    setFolded(!isFolded);
  };
  return (
    <ProjectScope session={session} projectId={projectId}>
      <a
        href="#page"
        className="sr-only z-50 rounded-lg bg-accent p-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <div className="flex h-full">
        <aside
          className={`hidden min-h-0 shrink-0 flex-col bg-back transition-[width] md:flex ${isFolded ? 'w-14' : 'w-56'}`}
        >
          <ProjectSwitcher isFolded={isFolded} />
          <Navigation isFolded={isFolded} />
          <div className="mt-auto p-2">
            <IconButton
              icon={isFolded ? 'unfold' : 'fold'}
              label={isFolded ? 'Unfold the navigation' : 'Fold the navigation'}
              aria-expanded={!isFolded}
              className="w-10"
              onClick={fold}
            />
          </div>
        </aside>
        <div className="flex min-w-0 flex-1 flex-col">
          <header className="flex h-12 shrink-0 items-center gap-1 px-2 md:pl-0">
            <Dialog.Root open={isDrawerOpen} onOpenChange={setDrawerOpen}>
              <Dialog.Trigger asChild>
                <IconButton icon="menu" label="Open the navigation" className="md:hidden" />
              </Dialog.Trigger>
              <Dialog.Portal>
                <Dialog.Overlay className="fixed inset-0 z-30 animate-appear bg-[rgb(10_14_30/0.45)] md:hidden" />
                <Dialog.Content
                  aria-describedby={undefined}
                  className="fixed inset-y-0 left-0 z-40 flex w-68 max-w-[85vw] animate-appear flex-col bg-back shadow-float md:hidden"
                >
                  <Dialog.Title className="sr-only">Navigation</Dialog.Title>
                  <ProjectSwitcher isFolded={false} />
                  <Navigation isFolded={false} />
                  <Dialog.Close asChild>
                    <IconButton
                      icon="close"
                      label="Close the navigation"
                      className="absolute right-2 bottom-2"
                    />
                  </Dialog.Close>
                </Dialog.Content>
              </Dialog.Portal>
            </Dialog.Root>
            <Breadcrumb />
            <div className="ml-auto flex items-center gap-1">
              <Palette isOpen={isPaletteOpen} onOpenChange={setPaletteOpen} />
              <Health />
              <PersonMenu />
            </div>
          </header>
          <main
            id="page"
            tabIndex={-1}
            className="flex min-h-0 flex-1 flex-col overflow-hidden bg-paper outline-none md:mr-2 md:mb-2 md:rounded-xl md:ring-1 md:ring-line"
          >
            <Outlet />
          </main>
        </div>
      </div>
    </ProjectScope>
  );
}
