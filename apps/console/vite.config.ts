import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { iconsPlugin } from './icons.plugin.js';

/** What `npm run dev --workspace @patchbay/console` asks for the API. */
const gateway = process.env['PATCHBAY_URL'] ?? 'http://localhost:3000';

export default defineConfig({
  base: '/console/',
  plugins: [tailwindcss(), iconsPlugin()],
  // The gateway puts a nonce of each answer here: styles that components set need it.
  html: { cspNonce: '__CSP_NONCE__' },
  // One set of colours says both themes by `light-dark()`, which is left as it is.
  build: {
    target: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      // How dependencies are written is not ours to mend.
      onLog: (level, log, show) => log.code === 'MODULE_LEVEL_DIRECTIVE' || show(level, log),
    },
  },
  server: { proxy: { '/api': gateway } },
});
