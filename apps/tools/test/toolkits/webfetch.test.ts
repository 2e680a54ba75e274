import { describeToolkit, one, shipped } from '../describe-toolkit.js';

const URL = 'https://example.com/a/page';
const html = `<html><head><title>Tea &amp; time</title><script>evil()</script></head><body>
<nav><a href="/">Home</a></nav><main><h1>Tea</h1><p>See <a href="../b">more</a>.</p><script>evil()</script></main>
<footer>2026</footer></body></html>`;
const answerHeaders = { 'content-type': 'text/html; charset=utf-8' };
const page = (given: object, data: object) =>
  one('WEBFETCH_FETCH_PAGE', { url: URL, ...given }, `GET ${URL}`, { answer: html, answerHeaders, data });

describeToolkit(shipped('webfetch'), [
  page(
    {},
    {
      url: URL,
      title: 'Tea & time',
      content: '# Tea\n\nSee [more](https://example.com/b).',
      next_start: null,
    },
  ),
  page({ format: 'text' }, { content: 'Tea\nSee more.' }),
  page({ format: 'html' }, { content: '<h1>Tea</h1><p>See <a href="https://example.com/b">more</a>.</p>' }),
  page({ max_length: 100, main_content_only: false, start: 5 }, { content_type: 'text/html' }),
  one('WEBFETCH_FETCH_PAGE', { url: URL, max_length: 100 }, `GET ${URL}`, {
    answer: 'x'.repeat(150),
    data: { content: 'x'.repeat(100), total_length: 150, next_start: 100 },
  }),
  one('WEBFETCH_FETCH_PAGE', { url: URL }, `GET ${URL}`, {
    answer: Buffer.from([0xe4]),
    answerHeaders: { 'content-type': 'text/plain; charset=iso-8859-1' },
    data: { content: 'ä' },
  }),
  one('WEBFETCH_FETCH_PAGE', { url: URL }, `GET ${URL}`, {
    answer: Buffer.from('PNG'),
    answerHeaders: { 'content-type': 'image/png' },
    error: 'is no page but image/png',
  }),
  one('WEBFETCH_FETCH_PAGE', { url: URL }, `GET ${URL}`, {
    status: 404,
    answer: 'Gone',
    error: '404 Not Found',
  }),
  { tool: 'WEBFETCH_FETCH_PAGE', given: { url: 'file:///etc/passwd' }, asks: [], error: 'url: ' },
]);
