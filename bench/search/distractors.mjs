const PRODUCTS =
  'Acorn Birch Cedar Delta Ember Fjord Grove Harbor Iris Juniper Koala Lotus Maple Nimbus Orbit'.split(' ');

/**
 * Tools that no sentence asks for: the verb of one real tool with the thing of another, under products that do not
 * exist. They share all their words with what ships, so they are in the way as real tools would be.
 */
export function distractors(shipped, count) {
  const random = randomFrom(20261123);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const taken = new Set();
  const made = [];
  while (made.length < count) {
    const entries = [pick(shipped), pick(shipped), pick(shipped)];
    const [verb, thing, text] = entries.map(({ definition }) => definition);
    const product = `${pick(PRODUCTS)} ${pick(PRODUCTS)}`;
    const toolkit = { slug: product.toLowerCase().replace(' ', ''), name: product, logo: '' };
    const name = `${verb.name.split(' ')[0]} ${thing.name.split(' ').slice(1).join(' ')}`.trim();
    const slug = `${toolkit.slug} ${name} ${made.length}`.toUpperCase().replaceAll(/\W+/g, '_');
    if (taken.has(slug)) continue;
    taken.add(slug);
    const definition = { ...thing, slug, name, toolkit, tags: [], description: half(thing) + half(text) };
    made.push({ definition, spec: entries[1].spec, toolkit });
  }
  return made;
}

function half({ description }) {
  const words = description.split(' ');
  return `${words.slice(0, Math.ceil(words.length / 2)).join(' ')} `;
}

/** The same numbers in every run (mulberry32). */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
