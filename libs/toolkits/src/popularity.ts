/**
 * The toolkits that agents use most, in the order in which the public catalogue lists them by its own usage; what
 * one installation uses is in its record. All others are as little known as each other.
 */
const MOST_USED = [
  'gmail',
  'github',
  'googlecalendar',
  'notion',
  'googlesheets',
  'slack',
  'outlook',
  'googledrive',
  'googledocs',
  'hubspot',
  'linear',
  'airtable',
  'jira',
  'youtube',
  'googletasks',
  'discord',
  'figma',
  'hackernews',
  'asana',
  'bitbucket',
  'discordbot',
  'trello',
  'stripe',
  'mailchimp',
  'googlebigquery',
];

const places = new Map(MOST_USED.map((slug, place) => [slug, place]));

/** For sorting: the toolkit that is used most has the smallest. */
export function placeByUsage(slug: string): number {
  return places.get(slug) ?? MOST_USED.length;
}
