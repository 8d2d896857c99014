// What a stranger wrote, cut into what can be seen and what hides: bidi controls that turn "fdp.exe" around, zero-width
// characters inside a brand's name, control characters, towers of combining marks. What hides is shown as a small box
// that names it, so that the trick is seen and the text around it reads as it truly stands. Pure.

export interface Piece {
  readonly text: string;
  /** Set for what cannot be seen: its code points' names, "U+202E"; `text` is then not to be shown. */
  readonly hidden?: { readonly name: string; readonly count: number };
}

/** Marks on one letter that are shown as they are; more is a tower that covers other lines. */
const MARKS_ON_A_LETTER = 4;

// Cc and Cf act or hide; Zl and Zp break lines where none stands; Cs and Co show nothing certain; the rest of
// Default_Ignorable_Code_Point is drawn as nothing (UAX #44).
const HIDES = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/u;
const VARIATION = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u;
const MARK = /[\p{Mn}\p{Me}]/u;
const PICTURE = /\p{Extended_Pictographic}/u;

const name = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Line breaks and tabs stay: the caller's layout decides what they look like. */
export function pieces(text: string): Piece[] {
  const out: Piece[] = [];
  let seen = '';
  let marks = 0;
  let hidden = '';
  let count = 0;
  const close = () => {
    if (seen) out.push({ text: seen });
    if (count) out.push({ text: '', hidden: { name: hidden, count } });
    seen = '';
    count = 0;
  };
  const characters = Array.from(text.replace(/\r\n?/g, '\n'));
  characters.forEach((character, i) => {
    marks = MARK.test(character) ? marks + 1 : 0;
    const joinsPictures =
      character === '\u200D' &&
      PICTURE.test(characters[i + 1] ?? '') &&
      /[\p{Extended_Pictographic}\uFE0F\p{Emoji_Modifier}]/u.test(characters[i - 1] ?? '');
    const hides =
      marks > MARKS_ON_A_LETTER ||
      (HIDES.test(character) && !/[\n\t]/.test(character) && !VARIATION.test(character) && !joinsPictures);
    if (!hides) {
      if (count) close();
      seen += character;
    } else if (count && hidden === name(character)) {
      count += 1;
    } else {
      close();
      hidden = name(character);
      count = 1;
    }
  });
  close();
  return out;
}

/** The same as one plain line, for places that hold no elements (a page's title, a tooltip, a copied text). */
export function oneLine(text: string): string {
  return pieces(text)
    .map((piece) => (piece.hidden ? `‹${piece.hidden.name}›` : piece.text.replace(/\s+/g, ' ')))
    .join('')
    .trim();
}

/** A file's name as it may be shown: its last part only, on one line, at most 80 characters with the ending kept. */
export function fileName(raw: string): string {
  const last = oneLine(raw.split(/[\\/]/).pop() ?? '');
  const characters = Array.from(last);
  return characters.length <= 80 ? last : `${characters.slice(0, 48).join('')}…${characters.slice(-24).join('')}`;
}
