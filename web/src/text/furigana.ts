// Readings above the characters, for plain Japanese: `{警察|けいさつ}` in our own words, 警察(けいさつ) in what the server says.
// Only ever used on our own sentences, never on a message. Pure.

export interface Word {
  readonly text: string;
  readonly reading?: string;
}

const READING = /\{([^{}|]+)\|([^{}|]+)\}|([\p{Script=Han}々〆ヶ]+)[(（]([\p{Script=Hiragana}ー]+)[)）]/gu;

export function words(text: string): Word[] {
  const out: Word[] = [];
  let at = 0;
  for (const match of text.matchAll(READING)) {
    const start = match.index ?? 0;
    if (start > at) out.push({ text: text.slice(at, start) });
    out.push({ text: match[1] ?? match[3] ?? '', reading: match[2] ?? match[4] ?? '' });
    at = start + match[0].length;
  }
  if (at < text.length) out.push({ text: text.slice(at) });
  return out;
}

/** Without readings: for titles, names of controls and other places that hold no elements. */
export const withoutReadings = (text: string): string =>
  words(text)
    .map((word) => word.text)
    .join('');
