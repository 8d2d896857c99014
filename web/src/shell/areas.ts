// What the navigation offers, in its order. Areas to come (mailbox, rules, case) join here.
import type { Key } from '../words/words.svelte';
import type { ScreenName } from './routes';

export interface Area {
  readonly screen: ScreenName;
  readonly label: Key;
  /** Screens that count as this area when the navigation shows where one is. */
  readonly holds: readonly ScreenName[];
}

export const AREAS: readonly Area[] = [
  { screen: 'first', label: 'nav.check', holds: ['first', 'answer'] },
  { screen: 'examples', label: 'nav.examples', holds: ['examples'] },
  { screen: 'guide', label: 'nav.guide', holds: ['guide', 'plan', 'drafts'] },
  { screen: 'desks', label: 'nav.desks', holds: ['desks'] },
  { screen: 'carriers', label: 'nav.carriers', holds: ['carriers'] },
  { screen: 'beside', label: 'nav.beside', holds: ['beside'] },
  { screen: 'about', label: 'nav.about', holds: ['about', 'code'] },
];
