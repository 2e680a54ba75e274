import { expect, it } from 'vitest';
import { documentRefusal } from './client-document.js';

it.each(['https://patchbay.example', 'https://patchbay.example:8443/under', 'https://8.8.8.8'])(
  'a document at %s is read by others',
  (url) => {
    expect(documentRefusal(url)).toBeUndefined();
  },
);

it.each([
  ['http://patchbay.example', 'is not https'],
  ['http://localhost:3000', 'is not https'],
  ['https://localhost', 'is not at a public address'],
  ['https://patchbay.localhost', 'is not at a public address'],
  ['https://127.0.0.1:3000', 'is not at a public address'],
  ['https://10.1.2.3', 'is not at a public address'],
  ['https://[::1]', 'is not at a public address'],
  ['https://[fd00::1]', 'is not at a public address'],
])('one at %s is not, as it %s', (url, why) => {
  expect(documentRefusal(url)).toBe(why);
});
