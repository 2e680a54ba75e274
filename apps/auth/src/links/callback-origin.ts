import { AppError, type ProjectSettings } from '@patchbay/contracts';

/** Browsers are sent back only where the project allows; a project that names no origins allows all. */
export function requireCallbackAllowed(settings: ProjectSettings, callbackUrl: string | undefined): void {
  const { allowedCallbackOrigins: allowed } = settings;
  if (!callbackUrl || allowed.length === 0) return;
  const { origin, protocol } = new URL(callbackUrl);
  // The scheme of an app has no origin: it is listed as it is written, `myapp:`.
  if (allowed.includes(origin) || allowed.includes(protocol)) return;
  throw new AppError('invalid_request', 'The project does not allow this callback address.', {
    issues: [`callback_url: must be on one of ${allowed.join(', ')}`],
  });
}
