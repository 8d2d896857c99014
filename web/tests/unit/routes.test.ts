import { expect, test } from 'vitest';
import { callable, official } from '../../src/text/call';
import { address, route } from '../../src/shell/routes';
import { byFrequency, day, holds, nextQuestion } from '../../src/screens/guide/interview';
import type { Answers, Questions } from '../../src/api/types';

test('an address leads to its place and back', () => {
  expect(route(address('examples', 'a b/c'))).toEqual({ screen: 'examples', item: 'a b/c' });
  expect(route('')).toEqual({ screen: 'first', item: '' });
  expect(route('#/answer/2')).toEqual({ screen: 'answer', item: '2' });
});

test.each(['#/nowhere', '#/__proto__', '#javascript:alert(1)', '#/%E0%A4%A'])('%s is no place', (hash) => {
  expect(route(hash).screen).toBe('unknown');
});

test('a broken or endless item is harmless', () => {
  expect(route('#/desks/%E0%A4%A')).toEqual({ screen: 'desks', item: '' });
  expect(route(`#/desks/${'x'.repeat(5000)}`).item).toHaveLength(100);
});

test('numbers are dialled as they are, and nothing but web addresses is a link', () => {
  expect(callable('#9110')).toBe('tel:%239110');
  expect(callable('03-1234-5678')).toBe('tel:0312345678');
  expect(official('https://www.npa.go.jp/')).toBe('https://www.npa.go.jp/');
  for (const web of ['javascript:alert(1)', 'data:text/html,x', 'x', '', null]) expect(official(web)).toBeNull();
});

const answers = (given: Partial<Answers>): Answers => ({
  situations: [],
  done: [],
  typed: [],
  when: null,
  typed_on: null,
  mails_began: null,
  received_paper: null,
  prefecture: null,
  carrier: null,
  told_someone: null,
  lure: null,
  ...given,
});
const questions: Questions = {
  questions: [
    { id: 'situations', ask: '', when: null },
    { id: 'done', ask: '', when: null },
    { id: 'typed', ask: '', when: { done: ['card'] } },
    { id: 'carrier', ask: '', when: { any: [{ situation: ['a'] }, { typed: ['name'] }] } },
  ],
  situations: [],
  actions: [],
  typed: [{ id: 'card_number', text: '', implies: 'card' }],
  prefectures: [],
  carriers: [],
};

test('a question is put only to whom it applies, and what was typed implies what was done', () => {
  expect(nextQuestion(questions, answers({ situations: ['b'] }), ['situations', 'done'])).toBeNull();
  expect(nextQuestion(questions, answers({ done: ['card'] }), ['situations', 'done'])).toBe('typed');
  expect(nextQuestion(questions, answers({ situations: ['a'] }), ['situations', 'done'])).toBe('carrier');
  expect(holds({ done: ['card'] }, answers({ typed: ['card_number'] }), questions)).toBe(true);
  expect(holds({ not_situation: ['a'] }, answers({ situations: ['a'] }), questions)).toBe(false);
});

test('unknown situations stand behind the known ones', () => {
  const ids = byFrequency([
    { id: 'new', text: '' },
    { id: 'small_claims', text: '' },
    { id: 'police_2_brand_mail', text: '' },
  ]).map((one) => one.id);
  expect(ids).toEqual(['police_2_brand_mail', 'small_claims', 'new']);
});

test('yesterday is yesterday also on the first of a month', () => {
  expect(day(1, new Date(2026, 2, 1, 0, 30))).toBe('2026-02-28');
  expect(day(0, new Date(2026, 11, 31, 23, 59))).toBe('2026-12-31');
});
