import { Body, Controller, Get, Param, Post, Query, Res, VERSION_NEUTRAL } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { NotDescribed, Wire } from '../http/index.js';
import { LimitedBy } from '../limits/index.js';
import { ConnectService } from './connect.service.js';
import { orRefusedPage } from '../pages/index.js';

const FormBody = z.record(z.string(), z.string());
/** Which step of our own the browser comes from; see ConnectService. */
const Hop = z.object({ hop: z.enum(['host', 'cookie']).optional().catch(undefined) });

/** The hosted page of a connect link: the token in its address is the permission. */
@NotDescribed('a page for people, who sign in there')
@Controller({ path: 'link/:token', version: VERSION_NEUTRAL })
@AccessFor('anyone')
@LimitedBy('pages')
export class ConnectController {
  constructor(private readonly connect: ConnectService) {}

  @Get()
  async open(
    @Param('token') token: string,
    @Query(new Wire(Hop)) { hop }: z.output<typeof Hop>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await orRefusedPage(reply, 404, () => this.connect.open(reply, token, hop));
  }

  @Post()
  async follow(
    @Param('token') token: string,
    @Body(new Wire(FormBody)) values: z.output<typeof FormBody>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await orRefusedPage(reply, 404, () => this.connect.follow(reply, token, values));
  }
}
