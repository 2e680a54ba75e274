import { environment } from './environment.js';

/** An OpenAPI document over the keyed API of the tests. */
export function keyedDocument(paths: Record<string, unknown> = {}) {
  return {
    openapi: '3.1.0',
    info: { title: 'Acme', version: '1', description: 'People and their echoes.' },
    servers: [{ url: environment.keyedUrl }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } } },
    security: [{ key: [] }],
    paths: {
      '/me': {
        get: { operationId: 'whoAmI', summary: 'Who am I', description: 'Says whose key it is.' },
      },
      '/echo': {
        get: {
          operationId: 'echoText',
          summary: 'Echo a text',
          parameters: [{ name: 'text', in: 'query', required: true, schema: { type: 'string' } }],
        },
      },
      ...paths,
    },
  };
}
