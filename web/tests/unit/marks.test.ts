import { expect, test } from 'vitest';
import { excerpt, segments, type Segment } from '../../src/text/marks';

const bytes = (text: string) => new TextEncoder().encode(text).length;
const at = (text: string, words: string) => {
  const start = bytes(text.slice(0, text.indexOf(words)));
  return { start, end: start + bytes(words) };
};
const joined = (all: readonly (Segment | 'gap')[]) => all.map((one) => (one === 'gap' ? '…' : one.text)).join('');

test('what is cut is the whole text again when it is put together', () => {
  const text = '本日中に https://a.example.co.jp/x を確認';
  const all = segments(text, [
    { ...at(text, '本日中'), reason: 1 },
    { ...at(text, '中に https'), reason: 2 },
  ]);
  expect(joined(all)).toBe(text);
  expect(all.find((one) => one.text === '中')?.reasons).toEqual([1, 2]);
  expect(all.find((one) => one.text === '中')?.begins).toEqual([2]);
});

test('the registered end of an address stands out', () => {
  const text = 'https://amazon.co.jp.login.example.top/';
  const host = 'amazon.co.jp.login.example.top';
  const all = segments(text, [], [{ ...at(text, host), owner: 'example.top' }]);
  expect(all.filter((one) => one.address === 'owner').map((one) => one.text)).toEqual(['example.top']);
  expect(all.filter((one) => one.address === 'host').map((one) => one.text)).toEqual(['amazon.co.jp.login.']);
});

test('an address without an owner is shown as one piece', () => {
  const all = segments('192.0.2.1', [], [{ start: 0, end: 9, owner: '' }]);
  expect(all).toEqual([{ text: '192.0.2.1', reasons: [], begins: [], address: 'host' }]);
});

test('wrong, empty and turned offsets mark nothing and lose nothing', () => {
  for (const span of [
    { start: 5, end: 2 },
    { start: 3, end: 3 },
    { start: 99, end: 100 },
  ])
    expect(joined(segments('件名です', [{ ...span, reason: 1 }]))).toBe('件名です');
});

test('an excerpt keeps every mark with its surroundings and leaves the rest out', () => {
  const text = 'a'.repeat(500) + '印' + 'b'.repeat(500) + '印' + 'c'.repeat(500);
  const all = segments(text, [
    { start: 500, end: 503, reason: 1 },
    { start: 1003, end: 1006, reason: 2 },
  ]);
  const short = joined(excerpt(all, 20));
  expect(short).toBe(`…${'a'.repeat(20)}印${'b'.repeat(20)}…${'b'.repeat(20)}印${'c'.repeat(20)}…`);
});

test('a long text without marks shows its beginning', () => {
  expect(joined(excerpt(segments('x'.repeat(1000), []), 10))).toBe(`${'x'.repeat(60)}…`);
});
