// The real server of the build, and Debian's Chromium looking at it. Every page opened here is watched: a request that leaves
// the origin, a dialog, a script that ran or an error in the console fails the test that opened it.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { DESKTOP, launch, PHONE } from '../../tools/browser.mjs';

export { DESKTOP, PHONE };

export interface Site {
  readonly base: string;
  stop(): Promise<void>;
}

const START_MS = 60_000;

/** `sekisho serve` on a free port of loopback; SEKISHO names the program. */
export async function serve(...options: string[]): Promise<Site> {
  const running = process.env['SEKISHO_URL']; // while developing: a server that runs already
  if (running && !options.length) return { base: running, stop: () => Promise.resolve() };
  const program = process.env['SEKISHO'];
  if (!program) throw new Error('SEKISHO must name the program to test');
  const state = mkdtempSync(join(tmpdir(), 'sekisho-page-'));
  const server: ChildProcess = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--state', state, ...options], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, XDG_CONFIG_HOME: state, LANG: 'C.UTF-8' },
  });
  const base = await new Promise<string>((found, failed) => {
    let said = '';
    const timer = setTimeout(() => failed(new Error(`the server did not start: ${said}`)), START_MS);
    server.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (!address) return;
      clearTimeout(timer);
      found(address);
    });
    server.on('exit', (code) => failed(new Error(`the server ended with ${String(code)}: ${said}`)));
  });
  return {
    base,
    stop: () =>
      new Promise((done) => {
        server.removeAllListeners('exit');
        server.on('exit', () => {
          rmSync(state, { recursive: true, force: true });
          done();
        });
        server.kill('SIGTERM');
      }),
  };
}

/** A file with an access code, for `serve`. */
export function codeFile(code: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'sekisho-code-')), 'code');
  writeFileSync(file, `${code}\n`, { mode: 0o600 });
  return file;
}

let shared: Browser | undefined;
export const browser = async (): Promise<Browser> => (shared ??= await launch());
export async function closeBrowser(): Promise<void> {
  await shared?.close();
  shared = undefined;
}

export interface Watched {
  readonly page: Page;
  /** Ends the page and says what it did that it must not. */
  close(): Promise<void>;
  /** Errors that a test brings about itself, as when it cuts the connection. */
  forgive(part: string): void;
}

export async function open(site: Site, look: BrowserContextOptions): Promise<Watched> {
  const context = await (await browser()).newContext({ acceptDownloads: true, ...look });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.base });
  const page = await context.newPage();
  const wrong: string[] = [];
  const forgiven: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (url !== 'about:blank' && !url.startsWith(`${site.base}/`) && !url.startsWith(`blob:${site.base}/`))
      wrong.push(`request to ${url}`);
  });
  page.on('dialog', (dialog) => {
    wrong.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => wrong.push(`error ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(`console ${message.text()}`);
  });
  page.on('popup', (popup) => wrong.push(`popup ${popup.url()}`));
  return {
    page,
    forgive: (part) => forgiven.push(part),
    close: async () => {
      const ran: unknown = await page.evaluate(() => (globalThis as { ran?: unknown }).ran).catch(() => undefined);
      await context.close();
      if (ran !== undefined) wrong.push('a script of a message ran');
      expect(wrong.filter((one) => !forgiven.some((part) => one.includes(part)))).toEqual([]);
    },
  };
}

export async function visit(site: Site, page: Page, hash = ''): Promise<void> {
  await page.goto(`${site.base}/${hash}`);
  await settled(page);
}

/** The screen stands: its heading is there and nothing is being loaded. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('main h1');
  await page.waitForFunction(() => !document.querySelector('main .waiting'));
}

export const sample = (name: string) => ({
  name,
  mimeType: 'message/rfc822',
  buffer: readFileSync(new URL(`../../../samples/${name}`, import.meta.url)),
});

export interface Given {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Chooses files on the first screen and waits for the answer. */
export async function judge(site: Site, page: Page, files: readonly Given[]): Promise<void> {
  await visit(site, page);
  await page.setInputFiles('#files', [...files]);
  await page.click('button.check');
  await page.waitForURL('**/#/answer');
  await settled(page);
}

/** What the guide would have kept after a few questions. */
export async function withPlan(site: Site, page: Page): Promise<void> {
  await visit(site, page);
  await page.evaluate(() => {
    const answers = {
      situations: ['campaign_with_my_data'],
      done: ['personal_data'],
      typed: ['name'],
      carrier: 'softbank',
    };
    localStorage.setItem('sekisho.guide', JSON.stringify({ answers, asked: ['situations', 'done'], ticked: [] }));
  });
  await page.reload();
}

export const LOOKS: readonly (BrowserContextOptions & { look: string })[] = [
  { look: 'phone, ja', ...PHONE, locale: 'ja-JP', colorScheme: 'light' },
  { look: 'desktop, en', ...DESKTOP, locale: 'en-GB', colorScheme: 'dark' },
  { look: 'desktop, ja', ...DESKTOP, locale: 'ja-JP', colorScheme: 'dark' },
  { look: 'phone, en', ...PHONE, locale: 'en-GB', colorScheme: 'light' },
];
/** Phone and desktop, ja and en, light and dark are in the first two. SEKISHO_LONG tries all four, SEKISHO_SHORT one. */
export const looks = LOOKS.slice(0, process.env['SEKISHO_LONG'] ? 4 : process.env['SEKISHO_SHORT'] ? 1 : 2);
