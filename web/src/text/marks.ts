// A part of a message cut where marked passages and addresses begin and end, so that each piece is one element with plain
// text in it. Overlaps are kept: a piece knows every reason that quotes it. Pure.
import { utf16Indices } from './offsets';

export interface Span {
  /** Byte offsets in the UTF-8 of the part's text. */
  readonly start: number;
  readonly end: number;
}

export interface Passage extends Span {
  /** Number of the reason, as people see it: 1, 2, 3. */
  readonly reason: number;
}

/** A host name in the text; `owner` is the part of it that somebody registered, the end that says whose it is. */
export interface Address extends Span {
  readonly owner: string;
}

export interface Segment {
  readonly text: string;
  readonly reasons: readonly number[];
  /** Reasons whose passage begins here: where their number is written. */
  readonly begins: readonly number[];
  readonly address: 'none' | 'host' | 'owner';
}

export function segments(text: string, passages: readonly Passage[], addresses: readonly Address[] = []): Segment[] {
  const at = utf16Indices(
    text,
    [...passages, ...addresses].flatMap((span) => [span.start, span.end]),
  );
  const marks = passages.map((passage, i) => ({ ...passage, from: at[2 * i] ?? 0, to: at[2 * i + 1] ?? 0 }));
  const hosts = addresses.map((address, i) => {
    const from = at[2 * (passages.length + i)] ?? 0;
    const to = at[2 * (passages.length + i) + 1] ?? 0;
    const owner = text.slice(from, to).toLowerCase().lastIndexOf(address.owner.toLowerCase());
    return {
      from,
      to,
      ownerFrom: owner < 0 || !address.owner ? to : from + owner,
      ownerTo: owner < 0 ? to : from + owner + address.owner.length,
    };
  });
  const cuts = new Set([0, text.length]);
  for (const mark of marks) cuts.add(mark.from).add(mark.to);
  for (const host of hosts) cuts.add(host.from).add(host.ownerFrom).add(host.ownerTo).add(host.to);
  const sorted = [...cuts].sort((a, b) => a - b);
  const out: Segment[] = [];
  for (let i = 0; i + 1 < sorted.length; ++i) {
    const from = sorted[i] ?? 0;
    const to = sorted[i + 1] ?? 0;
    const over = marks.filter((mark) => mark.from <= from && mark.to >= to && mark.to > mark.from);
    const host = hosts.find((one) => one.from <= from && one.to >= to);
    out.push({
      text: text.slice(from, to),
      reasons: [...new Set(over.map((mark) => mark.reason))].sort((a, b) => a - b),
      begins: [...new Set(over.filter((mark) => mark.from === from).map((mark) => mark.reason))].sort((a, b) => a - b),
      address: !host ? 'none' : from >= host.ownerFrom && to <= host.ownerTo ? 'owner' : 'host',
    });
  }
  return out;
}

/** Only the surroundings of what is marked: long stretches between become a gap. Without marks, the beginning. */
export function excerpt(all: readonly Segment[], around: number): (Segment | 'gap')[] {
  const marked = all.map((segment) => segment.reasons.length > 0);
  const first = marked.indexOf(true);
  const last = marked.lastIndexOf(true);
  if (first < 0) return cut(all, 0, around * 6);
  const out: (Segment | 'gap')[] = [];
  for (let i = 0; i < all.length;) {
    if (marked[i]) {
      out.push(all[i++] as Segment);
      continue;
    }
    let end = i;
    while (end < all.length && !marked[end]) ++end;
    out.push(...cut(all.slice(i, end), i > first ? around : 0, end <= last ? around : 0, true));
    i = end;
  }
  return out;
}

/** Keeps `head` characters at the beginning and, with `both`, `tail` at the end of a stretch. */
function cut(stretch: readonly Segment[], head: number, tail: number, both = false): (Segment | 'gap')[] {
  if (!both) [head, tail] = [tail, 0];
  const length = stretch.reduce((sum, segment) => sum + segment.text.length, 0);
  if (length <= head + tail) return [...stretch];
  const part = (from: number, to: number): Segment[] => {
    let at = 0;
    return stretch.flatMap((segment) => {
      const start = Math.max(from - at, 0);
      const end = Math.min(to - at, segment.text.length);
      at += segment.text.length;
      return start < end ? [{ ...segment, text: segment.text.slice(start, end) }] : [];
    });
  };
  return [...part(0, head), 'gap', ...part(length - tail, length)];
}
