import { describe, expect, it } from 'vitest';
import { maskedData, missingFields, requireFields, type SetupFields } from './endpoint-data.js';

const fields: SetupFields = {
  signing_secret: { displayName: 'Signing secret', description: '', required: true, secret: true },
  app_token: { displayName: 'App token', description: '', required: false, secret: true },
  app_id: { displayName: 'App id', description: '', required: false, secret: false },
};

describe('the data of a webhook endpoint', () => {
  it('has the fields of its toolkit, and all that are required', () => {
    expect(() => requireFields(fields, { signing_secret: 'abc' })).not.toThrow();
    expect(() => requireFields(fields, { signing_secrets: 'abc', constructor: 'x' })).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        issues: [
          'data.signing_secrets: is no field of this endpoint',
          'data.constructor: is no field of this endpoint',
          'data.signing_secret: is required',
        ],
      }),
    );
    expect(missingFields(fields, {})).toEqual(['signing_secret']);
  });

  it('is shown without its secrets, short ones not at all', () => {
    const data = { signing_secret: '8f742231b10e', app_token: 'xapp-1', app_id: 'A0123' };
    expect(maskedData(fields, data)).toEqual({
      signing_secret: '8f74...',
      app_token: 'REDACTED',
      app_id: 'A0123',
    });
  });
});
