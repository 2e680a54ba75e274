import { describe, expect, it } from 'vitest';
import { AppError } from '@patchbay/contracts';
import { inWireNames, toWireIssue } from './session.issues.js';

describe('a refusal about a session', () => {
  it.each([
    ['config.manageConnections.callbackUrl: no address', 'manage_connections.callback_url: no address'],
    ['changes.multiAccount.enabled: no flag', 'multi_account.enable: no flag'],
    ['customTools.tools.0.inputSchema: no', 'experimental.custom_tools.0.input_schema: no'],
    ['customTools.toolkits.1.tools.0.slug: no', 'experimental.custom_toolkits.1.tools.0.slug: no'],
    ['config.permissions.default: no', 'experimental.permissions.default: no'],
    ['callbackUrl: no address', 'callback_url: no address'],
    ['no path at all', 'no path at all'],
  ])('names %s as it was sent', (issue, sent) => {
    expect(toWireIssue(issue)).toBe(sent);
  });

  it('says the same in its message, and keeps what else it says', async () => {
    const issue = 'config.workbench.sandboxSize: is unknown';
    const refused = inWireNames(() =>
      Promise.reject(
        new AppError('invalid_request', `Invalid input: ${issue}`, {
          issues: [issue],
          suggestion: 'Try small.',
        }),
      ),
    );
    await expect(refused).rejects.toMatchObject({
      message: 'Invalid input: workbench.sandbox_size: is unknown',
      issues: ['workbench.sandbox_size: is unknown'],
      suggestion: 'Try small.',
    });
  });
});
