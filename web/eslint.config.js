// What the machine refuses: markup made from text ({@html}, innerHTML, eval), unsafe types, unused code.
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

const markup_from_text = [
  'error',
  ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'srcdoc'].map((property) => ({
    property,
    message: 'What is shown comes from criminals: text nodes only.',
  })),
  { object: 'document', property: 'write', message: 'What is shown comes from criminals: text nodes only.' },
];

export default ts.config(
  { ignores: ['dist/', 'node_modules/'] },
  ...ts.configs.recommended,
  ...svelte.configs['flat/recommended'],
  ...svelte.configs['flat/prettier'],
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
  },
  {
    rules: {
      'no-undef': 'off', // the type checker knows better
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-script-url': 'error',
      'no-restricted-properties': markup_from_text,
      'svelte/no-at-html-tags': 'error',
      'svelte/no-navigation-without-resolve': 'off', // no SvelteKit here: routes are hashes
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  { files: ['tests/**'], rules: { 'no-script-url': 'off', 'no-restricted-properties': 'off' } },
  { files: ['src/**'], rules: { 'no-console': 'error' } },
);
