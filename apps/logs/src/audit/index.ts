export { AuditRecord } from './audit-record.entity.js';
export { AuditModule } from './audit.module.js';
