// What the server answers: docs/formats/check.md, guide.md, gallery.md, api.md. Fields that the page does not show are left out.

export interface Quote {
  readonly part: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Reason {
  readonly sign: string;
  readonly weight: number;
  readonly title: string;
  readonly explanation?: string;
  readonly how_to_check: string;
  readonly absent: boolean;
  readonly scope?: string;
  readonly quotes: readonly Quote[];
}

/** A host name that stands in a part; `domain` is what somebody registered, "" for an IP address. */
export interface Host {
  readonly part: number;
  readonly start: number;
  readonly end: number;
  readonly domain: string;
}

/** A link that can be tapped: the text shown for it, and the host that it really opens. */
export interface Link {
  readonly text: string;
  readonly host: string;
  readonly domain: string;
}

export interface Part {
  readonly id: number;
  readonly kind: string;
  readonly text: string;
}

export type Verdict = 'scam' | 'cannot_tell' | 'nothing_found';

export interface Nearest {
  readonly example: string;
  readonly kind: string;
  readonly title: string;
  readonly genuine: string;
  readonly likeness: number;
  readonly shared: readonly string[];
  readonly only_example: readonly string[];
  readonly only_message: readonly string[];
}

export interface Report {
  readonly schema: string;
  readonly input: string;
  readonly index: number;
  readonly verdict: Verdict | null;
  readonly score: number | null;
  readonly log_odds: number | null;
  readonly bias: number;
  readonly scam_kind: string | null;
  readonly brand: string | null;
  readonly parts: readonly Part[];
  readonly hosts?: readonly Host[];
  readonly links?: readonly Link[];
  readonly reasons: readonly Reason[];
  readonly would_settle: readonly string[];
  readonly next: readonly string[];
  readonly nearest: Nearest | null;
  readonly defects: readonly string[];
  readonly budget: 'within' | 'partly' | null;
  readonly error: { readonly code: string; readonly what: string; readonly hint: string } | null;
  readonly versions: { readonly program: string; readonly knowledge: string; readonly model: string };
}

export interface Example {
  readonly id: string;
  readonly kind: string;
  readonly kind_name: string;
  readonly what: string;
  readonly title: string;
  readonly genuine: string;
  readonly read_as: string;
  readonly words: readonly string[];
  readonly parts: readonly Part[];
  readonly marks: readonly Reason[];
}

export interface Sign {
  readonly sign: string;
  readonly title: string;
  readonly explanation: string;
  readonly how_to_check: string;
}

export interface Choice {
  readonly id: string;
  readonly text: string;
}

export interface Questions {
  readonly questions: readonly { readonly id: QuestionId; readonly ask: string; readonly when: Condition | null }[];
  readonly situations: readonly Choice[];
  readonly actions: readonly Choice[];
  readonly typed: readonly (Choice & { readonly implies: string })[];
  readonly prefectures: readonly Choice[];
  readonly carriers: readonly Choice[];
}

/** Which answers a question is asked for: each list given must hold; of `any`, one condition. */
export interface Condition {
  readonly situation?: readonly string[];
  readonly not_situation?: readonly string[];
  readonly done?: readonly string[];
  readonly not_done?: readonly string[];
  readonly typed?: readonly string[];
  readonly not_typed?: readonly string[];
  readonly any?: readonly Condition[];
}

export const QUESTION_IDS = [
  'situations',
  'done',
  'typed',
  'when',
  'typed_on',
  'mails_began',
  'received_paper',
  'lure',
  'prefecture',
  'carrier',
  'told_someone',
] as const;
export type QuestionId = (typeof QUESTION_IDS)[number];

export interface Answers {
  situations: string[];
  done: string[];
  typed: string[];
  when: string | null;
  typed_on: string | null;
  mails_began: string | null;
  received_paper: string | null;
  prefecture: string | null;
  carrier: string | null;
  told_someone: string | null;
  lure: string | null;
}

export interface Step {
  readonly id: string;
  readonly text: string;
  readonly why: string;
  readonly deadline: string | null;
  readonly deadline_text: string | null;
}

export interface Desk {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly hours: string | null;
  readonly web: string | null;
  readonly say: string;
  readonly as_of: string;
  readonly confirmed: boolean;
}

export interface Plan {
  readonly schema: string;
  readonly reassure: string;
  readonly steps: readonly Step[];
  readonly never: readonly string[];
  readonly expect: readonly string[];
  readonly do_not_ignore: readonly string[];
  readonly evidence: readonly string[];
  readonly prevent: readonly string[];
  readonly causes: readonly string[];
  readonly contacts: readonly Desk[];
  readonly next_check: { readonly when: string; readonly ask: string };
}

export interface Described {
  readonly situations: readonly {
    readonly id: string;
    readonly confidence: number;
    readonly because: readonly string[];
  }[];
  readonly done: readonly string[];
  readonly typed: readonly string[];
  readonly ask: readonly string[];
}

export interface PublicDesk extends Desk {
  readonly group?: string;
  readonly takes?: string;
  readonly does_not_take?: string | null;
  readonly report_address?: string | null;
}

export interface Police {
  readonly name: string;
  readonly web: string | null;
  readonly phones: readonly { readonly desk: string; readonly phone: string; readonly as_of: string }[];
}

export interface Desks {
  readonly police: Police | null;
  readonly desks: readonly PublicDesk[];
}

export interface Carrier {
  readonly id: string;
  readonly name: string;
  readonly domains: readonly string[];
  readonly taps: string | null;
  readonly settings_url: string | null;
  readonly tip: string | null;
  readonly facts: readonly {
    readonly id: string;
    readonly label: string;
    readonly value: string;
    readonly confirmed: boolean;
  }[];
  readonly as_of: string;
  readonly confirmed: boolean;
}

export interface DraftInfo {
  readonly id: string;
  readonly title: string;
  readonly purpose: string;
  readonly situations: readonly string[];
}

export interface Draft {
  readonly id: string;
  readonly title: string;
  readonly to: string | null;
  readonly subject: string | null;
  readonly body: string;
  readonly translation: string | null;
  readonly note: string | null;
  readonly masked: boolean;
}

export interface Handout {
  readonly id: string;
  readonly title: string;
}
