// The messages judged since the page was opened: in memory only, gone with the tab. Also the one place that sends a
// message to be judged.
import { check, type Input, type Trouble } from '../api/client';
import type { Report } from '../api/types';
import type { Register } from '../shell/view.svelte';

export interface Judged {
  /** "" for what was pasted. */
  readonly name: string;
  readonly reports: readonly Report[];
  readonly trouble: Trouble | null;
}

interface Checked {
  inputs: readonly Input[];
  judged: readonly Judged[];
  register: Register | null;
  waiting: boolean;
}

let checked = $state.raw<Checked>({ inputs: [], judged: [], register: null, waiting: false });
let stop: AbortController | null = null;

export const judged = (): readonly Judged[] => checked.judged;
export const waiting = (): boolean => checked.waiting;
/** In which register the words of the reports are. */
export const judgedIn = (): Register | null => checked.register;

/** Judges one input after the other; a second call, or cancel(), ends the first. */
export async function judge(inputs: readonly Input[], register: Register): Promise<void> {
  stop?.abort();
  const mine = new AbortController();
  stop = mine;
  checked = { inputs, judged: [], register, waiting: true };
  const done: Judged[] = [];
  for (const input of inputs) {
    const answer = await check(input, register, mine.signal);
    if (mine.signal.aborted) return;
    done.push(
      answer.ok
        ? { name: input.name, reports: answer.value, trouble: null }
        : { name: input.name, reports: [], trouble: answer.trouble },
    );
  }
  checked = { inputs, judged: done, register, waiting: false };
}

/** The same again: after a failure, or in another language. */
export const judgeAgain = (register: Register): Promise<void> => judge(checked.inputs, register);

export function cancel(): void {
  stop?.abort();
  checked = { ...checked, waiting: false };
}

export function forgetMessages(): void {
  stop?.abort();
  checked = { inputs: [], judged: [], register: null, waiting: false };
}
