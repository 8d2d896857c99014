// What the reader told the guide, what was ticked, and the last plan: kept in this browser only, so that nothing is lost
// on reload and the plan opens without the server; erase() takes all of it away.
import { QUESTION_IDS, type Answers, type Plan, type QuestionId } from '../api/types';
import { forget, keep, kept } from './storage';

interface Guide {
  answers: Answers;
  /** Questions answered or passed over, in their order. */
  asked: QuestionId[];
  /** Steps of the plan that are done. */
  ticked: string[];
  plan: Plan | null;
}

const empty = (): Guide => ({
  answers: {
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
  },
  asked: [],
  ticked: [],
  plan: null,
});

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && one.length <= 100) : [];
const text = (value: unknown): string | null => (typeof value === 'string' && value.length <= 2000 ? value : null);

/** Anything may stand in the storage: field by field, what does not fit is left empty. */
export function shaped(value: unknown): Guide | null {
  if (typeof value !== 'object' || value === null) return null;
  const { answers, asked, ticked, plan } = value as Record<string, unknown>;
  if (typeof answers !== 'object' || answers === null) return null;
  const from = answers as Record<string, unknown>;
  const day = (field: string) => (/^\d{4}-\d{2}-\d{2}$/.test(text(from[field]) ?? '') ? text(from[field]) : null);
  return {
    answers: {
      situations: strings(from['situations']),
      done: strings(from['done']),
      typed: strings(from['typed']),
      when: day('when'),
      typed_on: day('typed_on'),
      mails_began: day('mails_began'),
      received_paper: day('received_paper'),
      prefecture: text(from['prefecture']),
      carrier: text(from['carrier']),
      told_someone: text(from['told_someone']),
      lure: text(from['lure']),
    },
    asked: strings(asked).filter((id): id is QuestionId => (QUESTION_IDS as readonly string[]).includes(id)),
    ticked: strings(ticked),
    plan: isPlan(plan) ? plan : null,
  };
}

function isPlan(value: unknown): value is Plan {
  if (typeof value !== 'object' || value === null) return false;
  const plan = value as Record<string, unknown>;
  const lists = ['steps', 'never', 'expect', 'do_not_ignore', 'evidence', 'prevent', 'causes', 'contacts'];
  return plan['schema'] === 'sekisho.guide/1' && lists.every((list) => Array.isArray(plan[list]));
}

const guide = $state<Guide>(kept('guide', shaped) ?? empty());

const save = () => keep('guide', guide);

export const answers = (): Answers => guide.answers;
export const asked = (): readonly QuestionId[] => guide.asked;
export const keptPlan = (): Plan | null => guide.plan;
export const isTicked = (step: string): boolean => guide.ticked.includes(step);
export const begun = (): boolean => guide.asked.length > 0 || guide.answers.situations.length > 0;

/** Takes answers over and notes that `question` has been put; a plan made from other answers is no longer true. */
export function answered(question: QuestionId, change: Partial<Answers>): void {
  Object.assign(guide.answers, change);
  if (!guide.asked.includes(question)) guide.asked.push(question);
  guide.plan = null;
  save();
}

/** Answers that a judged message or a telling already gives. */
export function startFrom(known: Partial<Answers>): void {
  const fits = shaped({ answers: { ...guide.answers, ...known } });
  if (fits) Object.assign(guide.answers, fits.answers);
  guide.plan = null;
  save();
}

export function keepPlan(plan: Plan): void {
  guide.plan = plan;
  save();
}

export function tick(step: string, done: boolean): void {
  guide.ticked = guide.ticked.filter((one) => one !== step);
  if (done) guide.ticked.push(step);
  save();
}

export function erase(): void {
  Object.assign(guide, empty());
  forget('guide');
}
