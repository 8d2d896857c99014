// How the reader wants the page: register and size of letters. Kept in this browser.
import { keep, kept } from '../keep/storage';

export const REGISTERS = ['ja', 'ja-plain', 'en'] as const;
export type Register = (typeof REGISTERS)[number];
export const SIZES = ['normal', 'large', 'larger'] as const;
export type Size = (typeof SIZES)[number];

interface View {
  register: Register;
  size: Size;
}

function shaped(value: unknown): View | null {
  if (typeof value !== 'object' || value === null) return null;
  const { register, size } = value as Partial<View>;
  return REGISTERS.includes(register as Register) && SIZES.includes(size as Size)
    ? { register: register as Register, size: size as Size }
    : null;
}

/** Japanese for who reads Japanese, English for everybody else. */
const guessed = (): View => ({
  register: navigator.languages.some((language) => language.toLowerCase().startsWith('ja')) ? 'ja' : 'en',
  size: 'normal',
});

const view = $state<View>(kept('view', shaped) ?? guessed());

export const register = (): Register => view.register;
export const size = (): Size => view.size;

export function setRegister(to: Register): void {
  view.register = to;
  keep('view', view);
}

export function setSize(to: Size): void {
  view.size = to;
  keep('view', view);
}

/** After everything was erased: as at the first visit. */
export function resetView(): void {
  Object.assign(view, guessed());
}
