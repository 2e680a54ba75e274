import 'reflect-metadata';
import { builtHandlers } from './built-controllers.mjs';

/** The API document as the gateway's build makes it, without a gateway that runs. */
export async function builtApiDocument() {
  const { apiDocument } = await import('../../apps/gateway/dist/openapi/document.js');
  const handlers = await builtHandlers();
  const controllers = handlers
    .filter(({ service }) => service === 'gateway')
    .map(({ controller }) => controller);
  return apiDocument([...new Set(controllers)], '0.0.0');
}
