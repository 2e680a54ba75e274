interface Recorded {
  metadata: { tool_slug: string; sandbox_id?: string };
  data: { request: unknown };
}

/** Whether a call can be made once more by hand, and why not. */
export function againOf({
  metadata,
  data,
}: Recorded): { isPossible: true } | { isPossible: false; why: string } {
  if (metadata.tool_slug === 'PROXY_EXECUTE')
    return no('A request through the proxy is made again by the program that made it.');
  if (typeof data.request !== 'object' || data.request === null)
    return no('The project keeps no arguments: the call cannot be made again from here.');
  return { isPossible: true };
}

const no = (why: string) => ({ isPossible: false as const, why });
