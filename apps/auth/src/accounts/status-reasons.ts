/** The texts of `status_reason` (docs/api/connected-accounts.md#statuses). */
export const REASONS = {
  initiationTimeout: 'Connection initiation was not completed in 10 minutes',
  permanentAuthError: 'Permanent auth error on refresh',
  callbackFailed: 'OAuth callback failed in token exchange',
  identityNotVerified: 'IDENTITY_VERIFICATION_FAILED: the sign-in was completed for another user',
  tooManyAccounts: 'The user has as many accounts as the session allows',
  updatedByUser: 'Connection status updated by user',
  addressChanged: 'The toolkit is at another address than the account was connected for: connect it again',
  configDisabled: 'Auth config disabled',
  disabledMeanwhile: 'The account or its auth config was disabled during the sign-in',
  revokedByUser: 'Connection revoked by user endpoint',
  revokedInIncident: 'Revoked with others in an incident: connect it again',
  revokedByDelete: 'Connection revoked as part of delete',
} as const;
