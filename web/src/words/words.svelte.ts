// The page's own words, in three registers with the same keys (the type checker holds them equal). Slots are `{name}`;
// readings, in plain Japanese only, `{漢字|かな}`.
import { register } from '../shell/view.svelte';
import { withoutReadings } from '../text/furigana';
import en from './en.json';
import plain from './ja-plain.json';
import ja from './ja.json';

export type Key = keyof typeof ja;
type Words = Record<Key, string>;

const WORDS: { readonly ja: Words; readonly 'ja-plain': Words; readonly en: Words } = { ja, 'ja-plain': plain, en };

export type Slots = Readonly<Record<string, string | number>>;

/** With readings still in it: for `Say.svelte`, which draws them. */
export function sayWithReadings(key: Key, slots: Slots = {}): string {
  return WORDS[register()][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(slots[name] ?? whole));
}

/** As plain text: for names of controls, titles, messages. */
export const say = (key: Key, slots: Slots = {}): string => withoutReadings(sayWithReadings(key, slots));
