/** Shorter values stand in any text by chance: what is said would be unreadable, and nothing would be kept from anybody. */
const SHORTEST_SECRET = 4;

/** Takes what a program was given out of what it said: some print their environment when they fail. */
export function redact(text: string, given: readonly string[]): string {
  return given
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1), ...value.split('\n')])
    .filter((value) => value.length >= SHORTEST_SECRET)
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, value) => rest.replaceAll(value, '…'), text);
}
