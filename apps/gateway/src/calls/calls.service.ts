import { Injectable } from '@nestjs/common';
import {
  executeMetaTool,
  executeTool,
  toCallSession,
  type CallOutcome,
  type Session,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';

/** Tools under this prefix act on the session itself. */
const META_PREFIX = 'COMPOSIO_';

export interface Call {
  toolSlug: string;
  arguments: Record<string, unknown>;
  account?: string | undefined;
}

/** Sends a session's call to the service that runs it: app tools straight to `tools`, meta tools to `sessions`. */
@Injectable()
export class CallsService {
  constructor(private readonly bus: Bus) {}

  execute(session: Session, call: Call): Promise<CallOutcome> {
    if (isMetaTool(call.toolSlug)) return this.executeMeta(session, call);
    const { projectId } = session;
    return this.bus.request(executeTool, { projectId, session: toCallSession(session), ...call });
  }

  executeMeta({ projectId, id }: Session, { toolSlug: slug, arguments: given }: Call): Promise<CallOutcome> {
    return this.bus.request(executeMetaTool, { projectId, id, slug, arguments: given });
  }
}

function isMetaTool(slug: string): boolean {
  return slug.toUpperCase().startsWith(META_PREFIX);
}
