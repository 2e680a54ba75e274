import { BubblewrapDriver } from '../src/sandbox/bubblewrap/bubblewrap.driver.js';
import type { Sandbox, SandboxDriver, SandboxLimits } from '../src/sandbox/sandbox.js';

const START = 'importlib.import_module(start["main"]).main(start["settings"])';
/** The code of a cell that begins so is run by the agent itself, with `agent` and `frame` at hand. */
export const HOSTILE = '# hostile\n';
const PROGRAM = `
import os, time, agent
honest = agent.Agent.do_cell
def do_cell(self, frame):
    if not frame["code"].startswith(${JSON.stringify(HOSTILE)}):
        return honest(self, frame)
    exec(frame["code"], {"agent": self, "frame": frame, "os": os, "time": time})
agent.Agent.do_cell = do_cell
if BREAKS_AT:
    setattr(agent.Agent, "do_" + BREAKS_AT, lambda self, frame: self.send_line(b"garbage\\n"))
agent.main(start["settings"])
`;

/** Sandboxes whose agent has been taken over: the session's code sends whatever it likes to the workbench. */
export class HostileAgentDriver implements SandboxDriver {
  readonly name = 'hostile';
  readonly canMount = false;
  private readonly honest = new BubblewrapDriver({
    python: '/usr/bin/python3',
    cgroupRoot: '/sys/fs/cgroup',
    path: process.env['PATH'] ?? '',
  });

  /** @param breaksAt the work at which every agent breaks the protocol */
  constructor(private readonly breaksAt = '') {}

  check(): Promise<string | null> {
    return this.honest.check();
  }

  start(limits: SandboxLimits, program: string): Promise<Sandbox> {
    if (!program.includes(START)) throw new Error('the program starts its agent in another way now');
    return this.honest.start(
      limits,
      program.replace(START, `BREAKS_AT = ${JSON.stringify(this.breaksAt)}${PROGRAM}`),
    );
  }

  tidy(): Promise<void> {
    return this.honest.tidy();
  }
}
