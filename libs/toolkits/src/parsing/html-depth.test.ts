import { describe, expect, it } from 'vitest';
import { depthOfHtml } from './html-depth.js';

describe('the depth of HTML', () => {
  it.each([
    ['elements in elements', '<div><p>a <b>b</b></p></div>', 2],
    ['elements that end by themselves', '<p>a<p>b<br><li>c<img src="x">'.repeat(500), 0],
    ['elements that are whole', '<svg><path d="M0"/><path/></svg>'.repeat(300), 1],
    ['what a script says', `<script>${'"<div>"'.repeat(500)}</script>`, 1],
    ['comments', `<!--${'<div>'.repeat(500)}-->`, 0],
    ['signs that are no elements', 'a < b << c </ d'.repeat(100), 0],
    ['elements that never end', '<b>'.repeat(400), 400],
  ])('counts %s', (_, html, depth) => {
    expect(depthOfHtml(html)).toBe(depth);
  });

  it.each(['<', '<!--', '<a ', '<a', '</', '<b>', '<script', '<script>', '<a<'])(
    'is found in one pass over %j, many times over',
    (piece) => {
      const timeOf = (length: number) => {
        const html = piece.repeat(length);
        // Of this thread, whatever else the machine does meanwhile.
        const before = process.threadCpuUsage();
        depthOfHtml(html);
        const { user, system } = process.threadCpuUsage(before);
        return (user + system) / 1_000;
      };
      const shortest = (length: number) => Math.min(...[1, 2, 3].map(() => timeOf(length)));
      // Ten times as much takes ten times as long; with a pass for each of them it would be a hundred times.
      expect(shortest(1_000_000) / Math.max(shortest(100_000), 2)).toBeLessThan(40);
    },
  );
});
