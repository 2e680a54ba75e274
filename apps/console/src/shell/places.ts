import type { IconName } from '../ui/index.js';

export interface Place {
  to: string;
  name: string;
  icon: IconName;
}

/** What the navigation leads to, in its order. */
export const PLACES: Place[] = [
  { to: 'start', name: 'Start here', icon: 'start' },
  { to: 'toolkits', name: 'Toolkits', icon: 'toolkits' },
  { to: 'accounts', name: 'Accounts', icon: 'accounts' },
  { to: 'calls', name: 'Calls', icon: 'calls' },
];

const PROJECT = 'patchbay.project';

export const lastProject = () => localStorage.getItem(PROJECT);
export const rememberProject = (id: string) => localStorage.setItem(PROJECT, id);
