import { expect, it } from 'vitest';
import { queryClient, setSession } from './context.js';

it('forgets what one person was answered when the next one signs in', () => {
  queryClient.setQueryData(['session'], { person: { email: 'ada@example.com' } });
  queryClient.setQueryData(['proj_1', 'listAccounts'], { items: ['of Ada'] });
  setSession(null);
  expect(queryClient.getQueryData(['proj_1', 'listAccounts'])).toBeUndefined();
  expect(queryClient.getQueryData(['session'])).toBeNull();
});
