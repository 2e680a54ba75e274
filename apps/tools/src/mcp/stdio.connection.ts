import { openStdio, type CallOf } from '@patchbay/contracts';
import type { Bus } from '@patchbay/service';
import type { McpLimits } from './mcp.exchange.js';
import type { ServerConnection } from './server.connection.js';
import { StdioTransport } from './stdio.transport.js';

/** To a server that is a program, which the workbench runs. */
export class StdioConnection implements ServerConnection {
  /** One of an older making may end at the first thing that it does not know: it is greeted as all of them know it. */
  readonly asksEra = false;
  /** What a program wants is in its environment; none asks for a sign-in. */
  readonly challenge = {};

  private constructor(
    readonly name: string,
    readonly transport: StdioTransport,
  ) {}

  /**
   * Starts the program, or joins the owner's.
   * @throws AppError when it may not be run here, or does not start
   */
  static async open(
    bus: Bus,
    request: CallOf<typeof openStdio>,
    limits: McpLimits,
  ): Promise<StdioConnection> {
    const { line } = await bus.request(openStdio, request);
    const { identifier: name } = request.program;
    return new StdioConnection(name, new StdioTransport(bus, line, name, limits));
  }

  /** The end of its transport is the end of it. */
  async end(): Promise<void> {}
}
