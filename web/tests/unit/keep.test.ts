import { beforeEach, expect, test, vi } from 'vitest';
import { shaped } from '../../src/keep/guide.svelte';
import { eraseAll, keep, kept } from '../../src/keep/storage';

beforeEach(eraseAll);

test('what was kept comes back, and goes with erase', () => {
  expect(keep('a', { b: 1 })).toBe(true);
  expect(kept('a', (value) => value)).toEqual({ b: 1 });
  eraseAll();
  expect(kept('a', (value) => value)).toBeNull();
});

test('what others keep under this origin is left alone', () => {
  localStorage.setItem('elsewhere', 'x');
  eraseAll();
  expect(localStorage.getItem('elsewhere')).toBe('x');
});

test('broken storage is nothing kept', () => {
  localStorage.setItem('sekisho.a', '{');
  expect(kept('a', (value) => value)).toBeNull();
  vi.spyOn(localStorage, 'setItem').mockImplementationOnce(() => {
    throw new Error('full');
  });
  expect(keep('a', 1)).toBe(false);
});

test('answers of a wrong shape are left empty one by one', () => {
  const guide = shaped({
    answers: { situations: ['a', 7, 'x'.repeat(101)], when: '2026-11-20', typed_on: 'yesterday', prefecture: 3 },
    asked: ['situations', 'nonsense'],
    ticked: 'all',
    plan: { schema: 'sekisho.guide/1' },
  });
  expect(guide?.answers.situations).toEqual(['a']);
  expect(guide?.answers.when).toBe('2026-11-20');
  expect(guide?.answers.typed_on).toBeNull();
  expect(guide?.answers.prefecture).toBeNull();
  expect(guide?.asked).toEqual(['situations']);
  expect(guide?.ticked).toEqual([]);
  expect(guide?.plan).toBeNull();
});

test.each([null, 1, 'x', [], {}, { answers: null }])('%j is no guide', (value) => expect(shaped(value)).toBeNull());
