export { useAct, useAnswer, useList, usePages, useWholeList, type Pages } from './ask.js';
export {
  ProjectScope,
  queryClient,
  setSession,
  useApi,
  useOwnsOrganisation,
  useMay,
  useScope,
  useSessionQuery,
} from './context.js';
export { readEvents } from './read-events.js';
export { toolkitSearch } from './toolkit-search.js';
export {
  beginSignInByProvider,
  keepProviderSignOut,
  placeBefore,
  providerSignOut,
  readSignInLink,
  setFirstPassword,
  signInByLink,
  signInByPassword,
  signInByProvider,
  signInWays,
  type ConsoleSession,
  type LinkHolder,
  type Role,
  type SignInWays,
} from './session.js';
