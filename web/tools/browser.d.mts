import type { Browser, BrowserContextOptions } from 'playwright-core';
export function browserPath(): string | undefined;
export function launch(): Promise<Browser>;
export const PHONE: BrowserContextOptions;
export const DESKTOP: BrowserContextOptions;
