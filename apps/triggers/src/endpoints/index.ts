export { EndpointsModule } from './endpoints.module.js';
export { EndpointsService } from './endpoints.service.js';
export { WebhookEndpoint } from './webhook-endpoint.entity.js';
