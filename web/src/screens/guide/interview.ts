// Which question comes next. The questions, their order and what they apply to are the server's data. Pure.
import type { Answers, Choice, Condition, QuestionId, Questions } from '../../api/types';
import order from './order.json';

const some = (wanted: readonly string[], given: readonly string[]) => wanted.some((one) => given.includes(one));

export function holds(condition: Condition | null, answers: Answers, questions: Questions): boolean {
  if (!condition) return true;
  if (condition.any) return condition.any.some((one) => holds(one, answers, questions));
  // What was typed implies what was done, as in the plan.
  const implied = questions.typed.filter((item) => answers.typed.includes(item.id)).map((item) => item.implies);
  const pairs: [readonly string[] | undefined, readonly string[] | undefined, readonly string[]][] = [
    [condition.situation, condition.not_situation, answers.situations],
    [condition.done, condition.not_done, [...answers.done, ...implied]],
    [condition.typed, condition.not_typed, answers.typed],
  ];
  return pairs.every(([one, none, given]) => (!one || some(one, given)) && (!none || !some(none, given)));
}

/** The first question that applies and was not asked yet; null: the plan. */
export function nextQuestion(questions: Questions, answers: Answers, asked: readonly QuestionId[]): QuestionId | null {
  return questions.questions.find((one) => !asked.includes(one.id) && holds(one.when, answers, questions))?.id ?? null;
}

/** What people come with most often first (order.json); what is not named there keeps the server's order behind it. */
export function byFrequency(situations: readonly Choice[]): Choice[] {
  const rank = (choice: Choice) => order.indexOf(choice.id) + 1 || order.length + 1;
  return [...situations].sort((a, b) => rank(a) - rank(b));
}

/** Today, or so many days before, as the reader's own calendar has it. */
export function day(before = 0, now = new Date()): string {
  const then = new Date(now.getFullYear(), now.getMonth(), now.getDate() - before);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
}
