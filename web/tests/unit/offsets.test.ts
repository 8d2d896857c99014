import { expect, test } from 'vitest';
import { utf16Indices } from '../../src/text/offsets';

const bytes = (text: string) => new TextEncoder().encode(text).length;

test('a quote after letters of one, two, three and four bytes is found where it stands', () => {
  const text = 'aé件😀名';
  for (const quote of ['a', 'é', '件', '😀', '名']) {
    const at = text.indexOf(quote);
    const start = bytes(text.slice(0, at));
    expect(utf16Indices(text, [start, start + bytes(quote)])).toEqual([at, at + quote.length]);
  }
});

test('the order in which offsets are given does not matter', () => {
  expect(utf16Indices('件名', [6, 0, 3])).toEqual([2, 0, 1]);
});

test('an offset inside a character means its beginning', () => {
  expect(utf16Indices('件名', [1, 2, 4])).toEqual([0, 0, 1]);
  expect(utf16Indices('😀x', [3, 4])).toEqual([0, 2]);
});

test('an offset behind the end means the end', () => {
  expect(utf16Indices('件', [3, 4, 1e9])).toEqual([1, 1, 1]);
  expect(utf16Indices('', [0, 5])).toEqual([0, 0]);
});

test('a replacement character counts as the three bytes that it is', () => {
  expect(utf16Indices('\uFFFDx', [3])).toEqual([1]);
});
