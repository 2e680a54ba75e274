import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { ApiTag, Describe } from '../http/index.js';
import { OpenApi } from './openapi.service.js';

/** The API's own description. */
@Controller('openapi.json')
@AccessFor('anyone')
@ApiTag('Health')
export class OpenApiController {
  constructor(private readonly openApi: OpenApi) {}

  @Get()
  @Describe({
    id: 'getApiDocument',
    summary: 'This document',
    description: 'OpenAPI 3.1. It changes with the version of the platform only, and may be kept.',
    answers: {
      200: { description: 'The document.', schema: z.looseObject({ openapi: z.string() }) },
      304: { description: 'It is the one whose `ETag` was sent in `If-None-Match`.' },
    },
  })
  get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const { text, etag } = this.openApi.document();
    void reply.headers({ etag, 'cache-control': 'public, max-age=300' });
    if (request.headers['if-none-match'] === etag) void reply.status(304).send();
    else void reply.type('application/json; charset=utf-8').send(text);
  }
}
