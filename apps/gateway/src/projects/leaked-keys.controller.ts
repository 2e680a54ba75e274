import { createHash } from 'node:crypto';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { revokeLeakedKeys, revokeLeakedUserKeys } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { ApiTag, Describe, Wire } from '../http/index.js';

const Leaked = z.object({ api_keys: z.array(z.string().min(1).max(500)).min(1).max(100) });

/** Anyone who finds leaked keys may revoke them: possession of a key is the only authorisation needed. */
@Controller('api_key_revocation')
@AccessFor('anyone')
@ApiTag('Project')
export class LeakedKeysController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'revokeLeakedKeys',
    summary: 'Revoke API keys that were leaked',
    description: 'Whoever has a key may revoke it. The answer does not tell which of them were valid.',
    answer: z.object({ received: z.int() }),
    example: { body: { api_keys: ['ak_found_in_a_public_place'] } },
  })
  @Post()
  @HttpCode(200)
  async revoke(@Body(new Wire(Leaked)) body: z.output<typeof Leaked>) {
    const sha256 = body.api_keys.map((key) => createHash('sha256').update(key).digest('hex'));
    await this.bus.request(revokeLeakedUserKeys, { sha256 });
    return this.bus.request(revokeLeakedKeys, { sha256 });
  }
}
