/** The channels on which a project's events are sent: that of the SDKs, and that of the command line. */
export function channelsOf(projectId: string): { sdk: string; cli: string } {
  return { sdk: `private-${projectId}_triggers`, cli: `private-cli-${projectId}` };
}

export function isChannelOf(projectId: string, channel: string): boolean {
  const { sdk, cli } = channelsOf(projectId);
  return channel === sdk || channel === cli;
}
