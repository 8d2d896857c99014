// The page's map: every place has an address behind "#", so that it can be bookmarked, the browser's own back works, and
// no server ever learns where somebody is. A new area (a mailbox, rules, a case) is one line in `SCREENS`, one in
// `areas.ts` when it belongs into the navigation, and one in `Screen.svelte`. Pure.

export const SCREENS = {
  first: '',
  answer: 'answer',
  examples: 'examples',
  guide: 'guide',
  plan: 'plan',
  drafts: 'drafts',
  desks: 'desks',
  carriers: 'carriers',
  beside: 'beside',
  about: 'about',
  code: 'code',
} as const;

export type ScreenName = keyof typeof SCREENS;

export interface Route {
  readonly screen: ScreenName | 'unknown';
  /** What of it: an example, a question, a prefecture; "" for the screen itself. */
  readonly item: string;
}

const MOST_LETTERS = 100;

/** Hostile links may carry anything: what is no known place is `unknown`, and an item is cut. */
export function route(hash: string): Route {
  const [name = '', item = ''] = hash.replace(/^#\/?/, '').split('/', 2);
  const known = Object.entries(SCREENS).find(([, path]) => path === name);
  if (!known) return { screen: 'unknown', item: '' };
  return { screen: known[0] as ScreenName, item: decoded(item).slice(0, MOST_LETTERS) };
}

export const address = (screen: ScreenName, item = ''): string =>
  `#/${SCREENS[screen]}${item ? `/${encodeURIComponent(item)}` : ''}`;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
