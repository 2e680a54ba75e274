import { Injectable } from '@nestjs/common';
import { pageOfList, type InputOf, type listSessionTools, type OutputOf } from '@patchbay/contracts';
import { ExposedToolsService, SessionsService } from '../sessions/index.js';
import { META_TOOL_DEFINITIONS } from './definitions.js';

/** The definitions of the tools that a session offers, in the order of their slugs in the session. */
@Injectable()
export class SessionToolsService {
  constructor(
    private readonly exposed: ExposedToolsService,
    private readonly sessions: SessionsService,
  ) {}

  async list(input: InputOf<typeof listSessionTools>): Promise<OutputOf<typeof listSessionTools>> {
    const session = await this.sessions.get(input);
    const [preloaded, metaTools] = await Promise.all([
      this.exposed.preloaded(session),
      this.exposed.metaTools(session.config),
    ]);
    return pageOfList(
      [...preloaded, ...metaTools.flatMap((slug) => META_TOOL_DEFINITIONS.get(slug) ?? [])],
      input,
    );
  }
}
