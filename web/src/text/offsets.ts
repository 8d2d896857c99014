// Quotes come as byte offsets into the UTF-8 of a text; a JavaScript string counts UTF-16 units. One pass over the text
// translates all offsets of it. Used by the marking of passages. Pure.

/** Bytes of one code point in UTF-8. A lone surrogate (which the server never sends) is written as U+FFFD: three. */
const utf8Length = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

/**
 * The UTF-16 index of each byte offset, in the order given. An offset inside a character means its beginning, one
 * behind the end means the end: a wrong offset marks a little less, and never throws.
 */
export function utf16Indices(text: string, byteOffsets: readonly number[]): number[] {
  const order = byteOffsets.map((_, i) => i).sort((a, b) => (byteOffsets[a] ?? 0) - (byteOffsets[b] ?? 0));
  const indices = new Array<number>(byteOffsets.length).fill(text.length);
  let next = 0;
  let bytes = 0;
  for (let unit = 0; unit < text.length && next < order.length;) {
    const code = text.codePointAt(unit) ?? 0;
    const after = bytes + utf8Length(code);
    while (next < order.length && (byteOffsets[order[next] ?? 0] ?? 0) < after) indices[order[next++] ?? 0] = unit;
    bytes = after;
    unit += code > 0xffff ? 2 : 1;
  }
  return indices;
}
