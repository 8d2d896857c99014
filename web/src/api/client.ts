// The one place that talks to the server: same origin only, never cached, nothing of a message in an address. Every failure
// is a value that says what a person can do, not an exception.
import type {
  Answers,
  Carrier,
  Described,
  Desks,
  Draft,
  DraftInfo,
  Example,
  Handout,
  Plan,
  Police,
  PublicDesk,
  Questions,
  Report,
  Sign,
} from './types';
import type { Register } from '../shell/view.svelte';

export type Trouble =
  | { readonly kind: 'offline' }
  | { readonly kind: 'code' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'slow' }
  | { readonly kind: 'too_big' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly what: string; readonly next: string };

export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly trouble: Trouble };

/** A judgement of the largest mail takes a second or two on a small computer; what takes longer than this is stuck. */
const PATIENCE_MS = 45_000;

interface Ask {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: BodyInit;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const failed = (trouble: Trouble): Result<never> => ({ ok: false, trouble });

async function ask(path: string, how: Ask = {}): Promise<Result<Response>> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  how.signal?.addEventListener('abort', () => stop.abort());
  try {
    const response = await fetch(`/api/v1/${path}`, {
      method: how.method ?? 'GET',
      ...(how.body === undefined ? {} : { body: how.body }),
      headers: { ...how.headers, ...(how.type ? { 'Content-Type': how.type } : {}) },
      signal: stop.signal,
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    });
    return response.ok ? { ok: true, value: response } : failed(await trouble(response));
  } catch {
    return failed({ kind: stop.signal.aborted ? 'slow' : 'offline' });
  } finally {
    clearTimeout(timer);
  }
}

async function trouble(response: Response): Promise<Trouble> {
  if (response.status === 401) return { kind: 'code' };
  if (response.status === 404) return { kind: 'missing' };
  if (response.status === 413) return { kind: 'too_big' };
  if (response.status === 429 || response.status === 503) return { kind: 'busy' };
  try {
    const problem = (await response.json()) as { title?: unknown; detail?: unknown; next?: unknown };
    const text = (value: unknown) => (typeof value === 'string' ? value : '');
    return { kind: 'refused', what: text(problem.detail) || text(problem.title), next: text(problem.next) };
  } catch {
    return { kind: 'refused', what: '', next: '' };
  }
}

async function read<Value>(path: string, how: Ask = {}): Promise<Result<Value>> {
  const answer = await ask(path, how);
  if (!answer.ok) return answer;
  try {
    return { ok: true, value: (await answer.value.json()) as Value };
  } catch {
    return failed({ kind: 'refused', what: '', next: '' });
  }
}

const post = <Value>(path: string, body: unknown): Promise<Result<Value>> =>
  read<Value>(path, { method: 'POST', body: JSON.stringify(body), type: 'application/json' });

const query = (parameters: Readonly<Record<string, string>>): string =>
  new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '')).toString();

export interface Input {
  readonly bytes: BodyInit;
  /** A file's name; "" for what was pasted. */
  readonly name: string;
}

/** One paste or one file; a mailbox file gives several reports. */
export async function check(input: Input, lang: Register, signal?: AbortSignal): Promise<Result<Report[]>> {
  const answer = await ask(`check?${query({ lang })}`, {
    method: 'POST',
    body: input.bytes,
    type: input.name ? 'application/octet-stream' : 'text/plain;charset=UTF-8',
    headers: input.name ? { 'X-File-Name': encodeURIComponent(input.name) } : {},
    ...(signal ? { signal } : {}),
  });
  if (!answer.ok) return answer;
  try {
    const lines = (await answer.value.text()).split('\n').filter((line) => line.trim() !== '');
    return { ok: true, value: lines.map((line) => JSON.parse(line) as Report) };
  } catch {
    return failed({ kind: 'refused', what: '', next: '' });
  }
}

export const examples = async (lang: Register): Promise<Result<Example[]>> => {
  const answer = await read<{ examples: Example[] }>(`examples?${query({ lang })}`);
  return answer.ok ? { ok: true, value: answer.value.examples } : answer;
};

export const example = (id: string, lang: Register): Promise<Result<Example>> =>
  read(`examples/${encodeURIComponent(id)}?${query({ lang })}`);

export const sign = (id: string, lang: Register): Promise<Result<Sign>> =>
  read(`signs/${encodeURIComponent(id)}?${query({ lang })}`);

export const questions = (lang: Register): Promise<Result<Questions>> => read(`guide/questions?${query({ lang })}`);

export const plan = (answers: Answers, lang: Register): Promise<Result<Plan>> => post('guide', { ...answers, lang });

export const describe = (text: string, lang: Register): Promise<Result<Described>> =>
  read(`guide/describe?${query({ lang })}`, { method: 'POST', body: text, type: 'text/plain;charset=UTF-8' });

export const fromCheck = (report: Report, lang: Register): Promise<Result<Partial<Answers>>> =>
  post(`guide/from-check?${query({ lang })}`, report);

/** The plan's dates as a calendar file. */
export async function calendar(answers: Answers, lang: Register): Promise<Result<Blob>> {
  const answer = await ask('guide/calendar', {
    method: 'POST',
    body: JSON.stringify({ ...answers, lang }),
    type: 'application/json',
  });
  return answer.ok ? { ok: true, value: await answer.value.blob() } : answer;
}

export const drafts = async (lang: Register): Promise<Result<DraftInfo[]>> => {
  const answer = await post<{ drafts: DraftInfo[] }>(`guide/drafts?${query({ lang })}`, {});
  return answer.ok ? { ok: true, value: answer.value.drafts } : answer;
};

export const draft = (id: string, answers: Answers, lang: Register): Promise<Result<Draft>> =>
  post(`guide/drafts?${query({ lang })}`, { id, answers: { ...answers, lang } });

export async function desks(prefecture: string, lang: Register): Promise<Result<Desks>> {
  const answer = await read<{ contacts: (Police & PublicDesk)[] }>(`contacts?${query({ prefecture, lang })}`);
  if (!answer.ok) return answer;
  const police = answer.value.contacts.find((desk) => Array.isArray(desk.phones)) ?? null;
  return { ok: true, value: { police, desks: answer.value.contacts.filter((desk) => desk !== police) } };
}

export const carriers = async (lang: Register): Promise<Result<Carrier[]>> => {
  const answer = await read<{ carriers: Carrier[] }>(`carriers?${query({ lang })}`);
  return answer.ok ? { ok: true, value: answer.value.carriers } : answer;
};

/** Hands in the access code; the server answers with a cookie that scripts cannot read. */
export const enter = (code: string): Promise<Result<unknown>> => post('session', { code });

export const health = (): Promise<Result<{ readonly program?: string }>> => read('health');

export const handouts = async (lang: Register): Promise<Result<Handout[]>> => {
  const answer = await read<{ handouts: Handout[] }>(`guide/handouts?${query({ lang })}`);
  return answer.ok ? { ok: true, value: answer.value.handouts } : answer;
};

/** A page of its own, opened beside this one. */
export const handoutAddress = (id: string, lang: Register): string =>
  `/api/v1/guide/handouts/${encodeURIComponent(id)}?${query({ lang })}`;
