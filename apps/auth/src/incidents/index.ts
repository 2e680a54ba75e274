export { IncidentRevocation } from './incident-revocation.entity.js';
export { IncidentRow } from './incident.entity.js';
export { IncidentsModule } from './incidents.module.js';
