import { describe, expect, it } from 'vitest';
import type { HttpTool } from '../toolkit.js';
import { importOpenApi } from '../openapi/import.js';
import { fromSwagger } from './swagger.js';

const notes = {
  swagger: '2.0',
  info: { title: 'Notes', version: '1' },
  host: 'api.acme.example',
  basePath: '/v1/',
  consumes: ['application/json'],
  produces: ['application/json'],
  paths: {
    '/notes/{note-id}': {
      parameters: [{ name: 'note-id', in: 'path', required: true, type: 'integer' }],
      put: {
        operationId: 'updateNote',
        summary: 'Update a note',
        parameters: [
          {
            name: 'expand',
            in: 'query',
            type: 'array',
            items: { type: 'string' },
            collectionFormat: 'multi',
          },
          { name: 'note', in: 'body', required: true, schema: { $ref: '#/definitions/Note' } },
        ],
        responses: { 200: { description: 'Done', schema: { $ref: '#/definitions/Note' } } },
      },
    },
    '/files': {
      post: {
        operationId: 'uploadFile',
        summary: 'Upload a file',
        consumes: ['multipart/form-data'],
        parameters: [
          { name: 'file', in: 'formData', type: 'file', required: true },
          { name: 'title', in: 'formData', type: 'string' },
        ],
        responses: { 204: { description: 'Done' } },
      },
    },
  },
  definitions: {
    Note: {
      type: 'object',
      required: ['text'],
      properties: { text: { type: 'string', 'x-nullable': true } },
    },
  },
};

describe('fromSwagger', () => {
  const { toolkit } = importOpenApi(fromSwagger(notes), { slug: 'notes' });
  const tool = (slug: string) => toolkit.tools.find((one) => one.slug === slug) as HttpTool;

  it('says where the API is', () => expect(toolkit.baseUrl).toBe('https://api.acme.example/v1'));

  it('makes arguments of parameters in path, query and body', () => {
    expect(tool('NOTES_UPDATE_NOTE').input).toMatchObject({
      required: expect.arrayContaining(['note_id', 'text']),
      properties: {
        note_id: { type: 'integer' },
        expand: { type: 'array' },
        text: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      },
    });
    expect(tool('NOTES_UPDATE_NOTE').output).toMatchObject({ properties: { text: {} } });
  });

  it('makes a form with a file of form data', () => {
    expect(tool('NOTES_UPLOAD_FILE')).toMatchObject({
      body: { type: 'multipart' },
      input: { properties: { file: { file_uploadable: true }, title: { type: 'string' } } },
    });
  });

  it('leaves another document as it is', () => {
    const openapi = { openapi: '3.0.0' };
    expect(fromSwagger(openapi)).toBe(openapi);
  });
});
