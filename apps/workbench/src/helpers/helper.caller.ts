import type { LiveWorkspace } from '../workspaces/live.workspace.js';

/** Whose code asks, and the key that its calls are made with. */
export interface HelperCaller {
  workspace: LiveWorkspace;
  key: string;
}
