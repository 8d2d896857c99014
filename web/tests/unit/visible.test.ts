import { expect, test } from 'vitest';
import { fileName, oneLine, pieces } from '../../src/text/visible';

test('a bidi override that turns an ending around is named and taken out', () => {
  expect(pieces('invoice_\u202Efdp.exe')).toEqual([
    { text: 'invoice_' },
    { text: '', hidden: { name: 'U+202E', count: 1 } },
    { text: 'fdp.exe' },
  ]);
});

test.each([
  '\u200B',
  '\u200E',
  '\u2066',
  '\u00AD',
  '\uFEFF',
  '\u061C',
  '\u3164',
  '\u{E0041}',
  '\u0007',
  '\u001B',
  '\u2028',
])('what hides is shown: %j', (character) => {
  expect(pieces(`a${character}b`)[1]?.hidden?.name).toMatch(/^U\+[0-9A-F]{4,6}$/);
  expect(oneLine(`a${character}b`)).not.toContain(character);
});

test('a run of the same invisible character is one box', () => {
  expect(pieces('a' + '\u200C'.repeat(120))[1]?.hidden).toEqual({ name: 'U+200C', count: 120 });
});

test('line breaks, tabs, ordinary Japanese and pictures made of joined parts stay', () => {
  for (const text of ['一行\n二行\tと', 'が゙ガﾞ', '👨‍👩‍👧 家族', '葛\u{E0100}']) expect(pieces(text)).toEqual([{ text }]);
});

test('a tower of marks is cut after the fourth', () => {
  expect(pieces('a' + '\u0301'.repeat(9))).toEqual([
    { text: 'a' + '\u0301'.repeat(4) },
    { text: '', hidden: { name: 'U+0301', count: 5 } },
  ]);
});

test('a file name is its last part, on one line, without tricks, with its ending in sight', () => {
  expect(fileName('C:\\a\\..\\mail.eml')).toBe('mail.eml');
  expect(fileName('../../etc/passwd')).toBe('passwd');
  expect(fileName('a\u202Egpj.exe')).toBe('a‹U+202E›gpj.exe');
  expect(fileName('x\n\ny.eml')).toBe('x y.eml');
  const long = fileName('あ'.repeat(300) + '.exe');
  expect(Array.from(long).length).toBeLessThanOrEqual(80);
  expect(long.endsWith('.exe')).toBe(true);
  expect(fileName('<img src=x onerror=alert(1)>.eml')).toBe('<img src=x onerror=alert(1)>.eml');
});
