import { expect, test } from 'vitest';
import { words } from '../../src/text/furigana';
import en from '../../src/words/en.json';
import plain from '../../src/words/ja-plain.json';
import ja from '../../src/words/ja.json';

const registers: Record<string, Record<string, string>> = { ja, 'ja-plain': plain, en };
const slots = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test.each(Object.keys(registers))('%s has the same keys as the others, none empty', (register) => {
  const own = registers[register] ?? {};
  expect(Object.keys(own).sort()).toEqual(Object.keys(ja).sort());
  expect(Object.entries(own).filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('a sentence has the same slots in every register', () => {
  for (const key of Object.keys(ja) as (keyof typeof ja)[]) {
    expect(slots(plain[key]), key).toEqual(slots(ja[key]));
    expect(slots(en[key]), key).toEqual(slots(ja[key]));
  }
});

test('every Chinese character of plain Japanese has its reading', () => {
  const bare = Object.entries(plain).flatMap(([key, text]) =>
    words(text)
      .filter((word) => !word.reading && /\p{Script=Han}/u.test(word.text))
      .map((word) => `${key}: ${word.text}`),
  );
  // The product's name, and the name of the language as people look for it.
  expect(bare.filter((one) => !/^(app\.|shell\.ja:)/.test(one))).toEqual([]);
});

test('readings stand only in plain Japanese', () => {
  for (const own of [ja, en]) expect(Object.values(own).filter((text) => /\{[^{}]*\|/.test(text))).toEqual([]);
});

test('readings are drawn from our marks and from brackets of the server', () => {
  expect(words('{警察|けいさつ}に電話(でんわ)する(はい)')).toEqual([
    { text: '警察', reading: 'けいさつ' },
    { text: 'に' },
    { text: '電話', reading: 'でんわ' },
    { text: 'する(はい)' },
  ]);
});
