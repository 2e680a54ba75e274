import { z } from 'zod';
import { defineRequest } from './define.js';

export const SERVICES = ['gateway', 'sessions', 'auth', 'tools', 'workbench', 'logs', 'triggers'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Each dependency by name: `ok`, or what is wrong with it in words fit for an operator. */
export const Health = z.object({ ready: z.boolean(), checks: z.record(z.string(), z.string()) });
export type Health = z.infer<typeof Health>;

/** `<service>.health.check`: whether this service can do its work now. */
export function checkHealth(service: ServiceName) {
  return defineRequest(`${service}.health.check`, z.strictObject({}), Health, { timeoutMs: 1_000 });
}
