import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  newId,
  redactLinkTokens,
  type Feedback as FeedbackView,
  type InputOf,
  type listFeedback,
  type OutputOf,
} from '@patchbay/contracts';
import { pageByTime } from '@patchbay/database';
import type { Repository } from 'typeorm';
import { SessionsService } from '../sessions/index.js';
import { Feedback } from './feedback.entity.js';

/** An agent that says more of one session is in a loop. */
const MOST_PER_SESSION = 200;

/** What agents said, for the people who build them. */
@Injectable()
export class FeedbackService {
  constructor(
    @InjectRepository(Feedback) private readonly feedback: Repository<Feedback>,
    private readonly sessions: SessionsService,
  ) {}

  /**
   * Links in the text lose their tokens, as in the record of calls.
   * @throws AppError `conflict` when the session has as many as one may have
   */
  async add(given: Pick<Feedback, 'sessionId' | 'toolSlug' | 'text' | 'logId'>): Promise<{ id: string }> {
    if ((await this.feedback.countBy({ sessionId: given.sessionId })) >= MOST_PER_SESSION) {
      throw new AppError(
        'conflict',
        `This session has given feedback ${MOST_PER_SESSION} times, which is the most.`,
      );
    }
    const id = newId('feedback');
    await this.feedback.insert({ ...given, id, text: redactLinkTokens(given.text), createdAt: new Date() });
    return { id };
  }

  async list({
    projectId,
    id,
    ...page
  }: InputOf<typeof listFeedback>): Promise<OutputOf<typeof listFeedback>> {
    await this.sessions.get({ projectId, id });
    const query = this.feedback
      .createQueryBuilder('feedback')
      // Not :id, which the page's own condition has.
      .where('feedback.session_id = :sessionId', { sessionId: id });
    const found = await pageByTime(query, 'feedback', page);
    return { ...found, items: found.items.map(toFeedback) };
  }
}

function toFeedback({ id, toolSlug, text, logId, createdAt }: Feedback): FeedbackView {
  return { id, toolSlug, text, logId, createdAt: createdAt.toISOString() };
}
