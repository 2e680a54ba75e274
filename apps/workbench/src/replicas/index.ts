export { ReplicaServer } from './replica.server.js';
export { atReplica } from './replica.subjects.js';
export { ReplicasModule } from './replicas.module.js';
