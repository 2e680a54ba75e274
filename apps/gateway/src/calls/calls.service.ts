import { Injectable } from '@nestjs/common';
import {
  executeMetaTool,
  executeTool,
  refuseCustomTool,
  toCallSession,
  type CallOutcome,
  type CustomTools,
  type Session,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';

/** Tools under this prefix act on the session itself. */
const META_PREFIX = 'COMPOSIO_';

export interface Call {
  toolSlug: string;
  arguments: Record<string, unknown>;
  account?: string | undefined;
  /** The custom tools that came with the call: meta tools find them. */
  customTools?: CustomTools | undefined;
}

/** Sends a session's call to the service that runs it: app tools straight to `tools`, meta tools to `sessions`. */
@Injectable()
export class CallsService {
  constructor(private readonly bus: Bus) {}

  execute(session: Session, call: Call): Promise<CallOutcome> {
    if (isMetaTool(call.toolSlug)) return this.executeMeta(session, call);
    refuseCustomTool(call.toolSlug);
    const { projectId } = session;
    const { toolSlug, arguments: given, account } = call;
    return this.bus.request(executeTool, {
      projectId,
      session: toCallSession(session),
      toolSlug,
      arguments: given,
      account,
    });
  }

  executeMeta({ projectId, id }: Session, { toolSlug, arguments: given, customTools }: Call) {
    return this.bus.request(executeMetaTool, {
      projectId,
      id,
      slug: toolSlug,
      arguments: given,
      customTools,
    });
  }
}

function isMetaTool(slug: string): boolean {
  return slug.toUpperCase().startsWith(META_PREFIX);
}
