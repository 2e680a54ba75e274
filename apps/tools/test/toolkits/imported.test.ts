import { describeToolkit, shipped, type Run } from '../describe-toolkit.js';

/** Of a toolkit, the tools that were imported and have a row. */
function imported(slug: string, runs: Run[]): void {
  const toolkit = shipped(slug);
  const tried = new Set(runs.map(({ tool }) => tool));
  const tools = toolkit.tools.filter((tool) => tried.has(tool.slug));
  const urlValues = { dc: 'us21', subdomain: 'acme' };
  describeToolkit({ ...toolkit, tools }, runs, { urlValues });
}

imported('github', [
  {
    tool: 'GITHUB_LIST_LABELS_FOR_A_REPOSITORY',
    given: { owner: 'octo', repo: 'hello', per_page: 5 },
    asks: [
      {
        request: 'GET https://api.github.com/repos/octo/hello/labels?per_page=5',
        headers: { 'x-github-api-version': '2022-11-28' },
        answer: [{ name: 'bug' }],
      },
    ],
    data: { labels: [{ name: 'bug' }] },
  },
  {
    tool: 'GITHUB_CREATE_A_RELEASE',
    given: { owner: 'octo', repo: 'hello', tag_name: 'v1', draft: true },
    asks: [
      {
        request: 'POST https://api.github.com/repos/octo/hello/releases',
        body: { tag_name: 'v1', draft: true },
        answer: { id: 1 },
      },
    ],
    data: { id: 1 },
  },
  {
    tool: 'GITHUB_SET_LABELS_FOR_AN_ISSUE',
    given: { owner: 'octo', repo: 'hello', issue_number: 7, labels: ['bug'] },
    asks: [
      {
        request: 'PUT https://api.github.com/repos/octo/hello/issues/7/labels',
        body: { labels: ['bug'] },
        answer: [{ name: 'bug' }],
      },
    ],
    data: { labels: [{ name: 'bug' }] },
  },
]);

imported('stripe', [
  {
    tool: 'STRIPE_POST_PLANS',
    given: { currency: 'eur', amount: 500, interval: 'month', metadata: { plan: 'a' }, product: 'prod_1' },
    asks: [
      {
        request: 'POST https://api.stripe.com/v1/plans',
        body: { currency: 'eur', amount: '500', interval: 'month', 'metadata[plan]': 'a', product: 'prod_1' },
        answer: { id: 'plan_1' },
      },
    ],
    data: { id: 'plan_1' },
  },
  {
    tool: 'STRIPE_GET_EVENTS',
    given: { created: { gte: 5 }, types: ['charge.failed'] },
    asks: [
      {
        request: 'GET https://api.stripe.com/v1/events?created%5Bgte%5D=5&types%5B%5D=charge.failed',
        answer: { data: [] },
      },
    ],
    data: { data: [] },
  },
]);

imported('twilio', [
  {
    tool: 'TWILIO_CREATE_MESSAGE',
    given: { AccountSid: 'AC1', To: '+1', From: '+2', Body: 'Hi', MediaUrl: ['https://a'] },
    asks: [
      {
        request: 'POST https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json',
        body: { To: '+1', From: '+2', MediaUrl: 'https://a', Body: 'Hi' },
        answer: { sid: 'SM1' },
      },
    ],
    data: { sid: 'SM1' },
  },
]);

imported('mailchimp', [
  {
    tool: 'MAILCHIMP_SEARCH_MEMBERS',
    given: { query: 'ada@example.com', fields: ['exact_matches', 'full_search'] },
    asks: [
      {
        request:
          'GET https://us21.api.mailchimp.com/3.0/search-members?query=ada%40example.com&fields=exact_matches%2Cfull_search',
        answer: { exact_matches: {} },
      },
    ],
    data: { exact_matches: {} },
  },
]);

imported('spotify', [
  {
    tool: 'SPOTIFY_SEARCH_FOR_ITEM',
    given: { q: 'muse', type: ['track', 'artist'] },
    asks: [
      { request: 'GET https://api.spotify.com/v1/search?q=muse&type=track%2Cartist', answer: { tracks: {} } },
    ],
    data: { tracks: {} },
  },
]);
