import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  decodeCursor,
  encodeCursor,
  type InputOf,
  type listRejectedEvents,
  type OutputOf,
} from '@patchbay/contracts';
import { LessThan, type Repository } from 'typeorm';
import { z } from 'zod';
import { RejectedEvent } from './rejected-event.entity.js';

const Position = z.strictObject({ before: z.string().regex(/^\d{1,18}$/) });

@Injectable()
export class RejectedEventsService {
  constructor(@InjectRepository(RejectedEvent) private readonly rejected: Repository<RejectedEvent>) {}

  async list(input: InputOf<typeof listRejectedEvents>): Promise<OutputOf<typeof listRejectedEvents>> {
    const { limit, cursor } = input;
    const rows = await this.rejected.find({
      ...(cursor && { where: { id: LessThan(decodeCursor(Position, cursor).before) } }),
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(toView),
      total: await this.rejected.count(),
      nextCursor: last && rows.length > limit ? encodeCursor({ before: last.id }) : null,
    };
  }
}

function toView({ publishedAt, rejectedAt, sequence, ...row }: RejectedEvent) {
  return {
    ...row,
    sequence: Number(sequence),
    publishedAt: publishedAt.toISOString(),
    rejectedAt: rejectedAt.toISOString(),
  };
}
