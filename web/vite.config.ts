// The page is a handful of static files that the program carries inside itself. Nothing may be inline (the server's content security policy
// refuses it), so small files stay files and the preload helper is left out.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: ['es2020', 'safari14', 'chrome87', 'firefox84'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  // While developing: `build/release/sekisho serve` beside `npm run dev`.
  server: { host: '127.0.0.1', proxy: { '/api': process.env.SEKISHO_SERVER ?? 'http://127.0.0.1:8925' } },
});
