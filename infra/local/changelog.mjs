/** @type {[type: string, title: string][]} */
const titles = [
  ['major', 'Breaking'],
  ['minor', 'New'],
  ['patch', 'Better'],
];

/**
 * The changelog with one more version on top of the others.
 * @param {string} text the changelog as it is
 * @param {{ version: string, day: string, changesets: { summary: string, releases: { type: string }[] }[] }} release
 * @returns {string}
 */
export function changelogWith(text, { version, day, changesets }) {
  const parts = titles.flatMap(([type, title]) => {
    const lines = changesets
      .filter(({ releases }) => strongest(releases) === type)
      .map(({ summary }) => `- ${summary.trim().replaceAll('\n', '\n  ')}`);
    return lines.length > 0 ? [`### ${title}\n\n${lines.join('\n')}`] : [];
  });
  const entry = `## ${version} (${day})\n\n${parts.join('\n\n')}\n\n`;
  const at = text.indexOf('\n## ');
  return at < 0
    ? `${text.trimEnd()}\n\n${entry.trimEnd()}\n`
    : `${text.slice(0, at + 1)}${entry}${text.slice(at + 1)}`;
}

/** @param {{ type: string }[]} releases */
function strongest(releases) {
  return titles.find(([type]) => releases.some((release) => release.type === type))?.[0];
}
