// The browser's own storage, which may be full, forbidden or hold anything: every failure is "nothing kept". Everything
// kept here stays in this browser and goes with eraseAll(). Nothing of a message is ever kept.

const PREFIX = 'sekisho.';

export function keep(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** What was kept, if `shaped` accepts it; whatever does not fit is treated as absent. */
export function kept<Value>(key: string, shaped: (value: unknown) => Value | null): Value | null {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? null : shaped(JSON.parse(text));
  } catch {
    return null;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // Forbidden storage holds nothing.
  }
}

export function eraseAll(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // Forbidden storage holds nothing.
  }
}
