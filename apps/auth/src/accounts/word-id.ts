import { randomInt } from 'node:crypto';

const ADJECTIVES =
  'amber bold brave bright calm clear cosy crisp eager early fair fast fine fresh gentle glad golden grand green happy jolly keen kind light lively lucky mellow merry mild neat noble pale plain proud quick quiet rapid red ready rosy round royal sharp silent silver smooth snowy soft solid steady still sunny swift tidy true vivid warm white wild wise young'.split(
    ' ',
  );
const NOUNS =
  'acorn anchor apple arrow badger beacon birch bridge brook canyon castle cedar cliff cloud comet coral dune eagle ember falcon fern field forest fox garden glade harbor hawk hazel heron hill island lake lantern leaf maple meadow moon moss oak ocean orchid otter owl pebble pine planet pond poplar quartz raven reef ridge river robin rose sparrow spring star stone summit tiger valley violet willow wren'.split(
    ' ',
  );

/** With the words some 10^11 names: a project with a million accounts of one toolkit is refused hardly any. */
const ENDINGS = 36 ** 5;

/** A name for an account that people and models can tell apart: `gmail_red-castle-7k2pq`. */
export function newWordId(toolkit: string): string {
  const word = (list: string[]) => list[randomInt(list.length)];
  return `${toolkit}_${word(ADJECTIVES)}-${word(NOUNS)}-${randomInt(ENDINGS).toString(36)}`;
}
