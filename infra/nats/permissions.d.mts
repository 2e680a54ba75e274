export interface Permissions {
  publish: [subject: string, reason: string][];
  subscribe: [subject: string, reason: string][];
  answersOnce: boolean;
}
export const services: string[];
export const CONSUMERS: Record<string, { durable: string; filter: string }[]>;
export function permissionsOf(service: string): Permissions;
