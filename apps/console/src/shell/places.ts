import type { IconName } from '../ui/index.js';

export interface Place {
  to: string;
  name: string;
  icon: IconName;
}

/** What the navigation leads to, in its order. */
export const PLACES: Place[] = [
  { to: '', name: 'Overview', icon: 'overview' },
  { to: 'start', name: 'Start here', icon: 'start' },
  { to: 'toolkits', name: 'Toolkits', icon: 'toolkits' },
  { to: 'mcp-registry', name: 'MCP registry', icon: 'registry' },
  { to: 'search', name: 'Tool search', icon: 'search' },
  { to: 'auth-configs', name: 'Auth configs', icon: 'authConfigs' },
  { to: 'accounts', name: 'Accounts', icon: 'accounts' },
  { to: 'sessions', name: 'Sessions', icon: 'sessions' },
  { to: 'calls', name: 'Calls', icon: 'calls' },
  { to: 'triggers', name: 'Triggers', icon: 'triggers' },
  { to: 'playground', name: 'Playground', icon: 'playground' },
  { to: 'usage', name: 'Usage', icon: 'usage' },
  { to: 'settings', name: 'Settings', icon: 'settings' },
];

const PROJECT = 'patchbay.project';

export const lastProject = () => localStorage.getItem(PROJECT);
export const rememberProject = (id: string) => localStorage.setItem(PROJECT, id);
