export { IngressModule } from './ingress.module.js';
