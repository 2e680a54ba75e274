import { describe, expect, it } from 'vitest';
import { rawWordsOf } from '@patchbay/search';
import { readMcpServers } from '@patchbay/toolkits';
import { intentOf } from './intent.js';
import { clausesOf } from './query.js';
import { ToolkitNames } from './toolkit.names.js';

const names = new ToolkitNames([
  { slug: 'github', name: 'GitHub' },
  { slug: 'slack', name: 'Slack' },
  { slug: 'box', name: 'Box' },
  { slug: 'discord', name: 'Discord' },
  { slug: 'discordbot', name: 'Discord Bot' },
  { slug: 'googlecalendar', name: 'Google Calendar' },
  { slug: 'googledrive', name: 'Google Drive' },
  { slug: 'weather', name: 'Weather', isCustom: true },
]);
const CATALOGUE_WORDS = new Set(['calendar', 'send', 'issu']);

function named(text: string) {
  const words = text.split(' ');
  const { slugs, areWords, places } = names.findIn(words, (stem) => CATALOGUE_WORDS.has(stem));
  return { slugs: [...slugs], areWords, rest: words.filter((_, at) => !places.has(at)).join(' ') };
}

it.each([
  ['list the errors of sentry', ['sentry']],
  ['move the card on monday.com', ['monday']],
  ['send the report on monday', []],
  ['run both in parallel and make a summary', []],
  ['close the issue', []],
])('the servers that "%s" names beyond doubt are %j', (text, slugs) => {
  const awaiting = new ToolkitNames(readMcpServers(), { without: 'everyday' });
  expect([...awaiting.findIn(rawWordsOf(text), () => false).slugs]).toEqual(slugs);
});

describe('the toolkits that a query names', () => {
  it.each([
    ['send it over slack', ['slack'], 'send it over'],
    ['an event in google calendar', ['googlecalendar'], 'an event in'],
    ['a file on gdrive', ['googledrive'], 'a file on'],
    [
      'which calendars do I have in google',
      ['googlecalendar', 'googledrive'],
      'which calendars do I have in',
    ],
    ['my discord servers', ['discord', 'discordbot'], 'my servers'],
    ['post as the discord bot', ['discordbot'], 'post as the'],
    ['an issue on gihub', ['github'], 'an issue on'],
    ['an issue on git hub', ['github'], 'an issue on'],
    ['send an issue', [], 'send an issue'],
  ])('are for "%s" %j', (text, slugs, rest) => {
    expect(named(text)).toMatchObject({ slugs, rest });
  });

  it.each([
    ['tick the box', true],
    ['put it in the box', true],
    ['put it in box', false],
    ['what weather will it be', true],
    ['from slack into the box', false],
  ])('may be no names at all: "%s", %j', (text, areWords) => {
    expect(named(text).areWords).toBe(areWords);
  });
});

describe('the things that a text wants', () => {
  it.each([
    ['list my repositories and then create an issue', ['list my repositories', 'create an issue']],
    [
      'Check the weather in Rome. Also, send Bob a message!',
      ['Check the weather in Rome', 'send Bob a message!'],
    ],
    ['star a repo', []],
    ['files and folders of the drive', []],
  ])('are for "%s" %j', (text, clauses) => {
    expect(clausesOf(text)).toEqual(clauses);
  });
});

describe('what a query wants done', () => {
  it.each([
    ['which drafts did i delete', 'read'],
    ['delete the drafts', 'delete'],
    ['please add a draft', 'write'],
    ['drafts', undefined],
  ])('is for "%s" %s', (text, intent) => {
    expect(intentOf(text.split(' '))).toBe(intent);
  });
});
