import { CreateCalls1764000000000 } from './1764000000000-create-calls.js';
import { ExtendRecord1764500000000 } from './1764500000000-extend-record.js';
import { SumUsageByDay1764800000000 } from './1764800000000-sum-usage-by-day.js';
import { CreateAudit1765040000000 } from './1765040000000-create-audit.js';
import { CountUsageOfToolsAndSessions1765143000000 } from './1765143000000-count-usage-of-tools-and-sessions.js';
import { AddAuditPerson1765144000000 } from './1765144000000-add-audit-person.js';
import { CountCallTimes1766050000000 } from './1766050000000-count-call-times.js';

/** The service's schema, and how it came to be: all that the migrations job loads of a service. */
export const schema = 'logs';

export const migrations = [
  CreateCalls1764000000000,
  ExtendRecord1764500000000,
  SumUsageByDay1764800000000,
  CreateAudit1765040000000,
  CountUsageOfToolsAndSessions1765143000000,
  AddAuditPerson1765144000000,
  CountCallTimes1766050000000,
];
