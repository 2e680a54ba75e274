import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { ICONS } from './src/ui/icon-names.js';

const ID = 'virtual:icons';

/** The drawings of the icons that the console uses, and no others, as one module: by our name the inside of an `svg` of 24 × 24. */
export function iconsPlugin(): Plugin {
  return {
    name: 'icons',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return;
      const file = fileURLToPath(import.meta.resolve('@iconify-json/lucide/icons.json'));
      const { icons, aliases } = JSON.parse(readFileSync(file, 'utf8')) as {
        icons: Record<string, { body: string }>;
        aliases: Record<string, { parent: string }>;
      };
      const drawn = Object.entries(ICONS).map(([name, lucide]) => {
        const icon = icons[lucide] ?? icons[aliases[lucide]?.parent ?? ''];
        if (!icon) throw new Error(`There is no icon ${lucide}`);
        return [name, icon.body];
      });
      return `export default ${JSON.stringify(Object.fromEntries(drawn))}`;
    },
  };
}
