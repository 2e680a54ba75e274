export { useAct, useAnswer, useList, usePages, type Pages } from './ask.js';
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
export { toolkitSearch } from './toolkit-search.js';
export {
  oidcAddress,
  signInByLink,
  signInByPassword,
  signInWays,
  type ConsoleSession,
  type Role,
  type SignInWays,
} from './session.js';
