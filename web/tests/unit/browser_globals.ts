// What modules of the page touch while they load, for tests without a browser.
import { vi } from 'vitest';

const kept = new Map<string, string>();

/** A storage like the browser's: its keys are its own enumerable properties. */
const storage = new Proxy(
  {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  },
  { ownKeys: () => [...kept.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) },
);

vi.stubGlobal('localStorage', storage);
vi.stubGlobal('navigator', { languages: ['ja-JP'] });
