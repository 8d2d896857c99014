// For everybody: axe on every screen, the keyboard alone, text of twice the size, targets that a thumb hits.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeBrowser, judge, looks, open, PHONE, sample, serve, settled, visit, withPlan, type Site } from './site';

let site: Site;
beforeAll(async () => {
  site = await serve();
});
afterAll(async () => {
  await closeBrowser();
  await site.stop();
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

/** Through the debugger, which the page's policy does not bind: the page itself would refuse it. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: { run(options: unknown): Promise<{ violations: Violation[] }> } }).axe;
    return (await run.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
      .violations;
  });
  return found.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
}

const SCREENS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  first: (page) => visit(site, page),
  menu: async (page) => {
    await visit(site, page);
    if (await page.isVisible('#menu-button')) await page.click('#menu-button');
  },
  'answer, scam': (page) => judge(site, page, [sample('story-01-urgent-personal-data.eml')]),
  'answer, all of it': async (page) => {
    await judge(site, page, [sample('story-00-lure-free-period.eml')]);
    await page.locator('main > details summary').last().click();
  },
  'answer, nothing found': (page) => judge(site, page, [sample('twin-02-missed-delivery.eml')]),
  'answer, several': (page) =>
    judge(site, page, ['twin-01-trial-ending.eml', 'story-03-new-info-updated.eml'].map(sample)),
  'answer, none': (page) => visit(site, page, '#/answer'),
  examples: (page) => visit(site, page, '#/examples'),
  example: (page) => visit(site, page, '#/examples/delivery_absence'),
  guide: (page) => visit(site, page, '#/guide'),
  'guide, many': (page) => visit(site, page, '#/guide/done'),
  'guide, day': (page) => visit(site, page, '#/guide/when'),
  'guide, place': (page) => visit(site, page, '#/guide/prefecture'),
  'guide, words': (page) => visit(site, page, '#/guide/lure'),
  plan: async (page) => {
    await withPlan(site, page);
    await visit(site, page, '#/plan');
    await page.waitForSelector('#first-step');
  },
  'plan, none': (page) => visit(site, page, '#/plan'),
  drafts: (page) => visit(site, page, '#/drafts'),
  draft: (page) => visit(site, page, '#/drafts/police_online'),
  desks: (page) => visit(site, page, '#/desks/chiba'),
  carriers: (page) => visit(site, page, '#/carriers'),
  carrier: (page) => visit(site, page, '#/carriers/softbank'),
  beside: (page) => visit(site, page, '#/beside'),
  about: (page) => visit(site, page, '#/about'),
  code: (page) => visit(site, page, '#/code'),
  unknown: (page) => visit(site, page, '#/nowhere'),
  missing: (page) => visit(site, page, '#/examples/there-is-no-such'),
  offline: async (page) => {
    await page.route('**/api/**', (route) => route.abort());
    await visit(site, page, '#/desks');
    await page.waitForSelector('.trouble');
  },
};

test.each(looks)('$look: no screen has a violation', { timeout: 120_000 }, async (look) => {
  const watched = await open(site, look);
  watched.forgive('ERR_');
  watched.forgive('404');
  const { page } = watched;
  for (const [name, show] of Object.entries(SCREENS)) {
    await show(page);
    await settled(page);
    expect(await violations(page), name).toEqual([]);
    await page.unrouteAll();
    await page.evaluate(() => localStorage.clear());
    await page.goto('about:blank');
  }
  await watched.close();
});

test('plain Japanese with the largest letters has no violation and no sideways scrolling', async () => {
  const watched = await open(site, { ...PHONE, locale: 'ja-JP' });
  const { page } = watched;
  await page.addInitScript(() => localStorage.setItem('sekisho.view', '{"register":"ja-plain","size":"larger"}'));
  for (const name of ['first', 'guide', 'guide, many', 'answer, scam', 'desks', 'plan', 'carrier']) {
    await SCREENS[name]?.(page);
    await settled(page);
    expect(await violations(page), name).toEqual([]);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
  }
  await watched.close();
});

test('with text at 200 % nothing is cut off or lies beside the screen', async () => {
  const watched = await open(site, { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, locale: 'en-GB' });
  watched.forgive('404'); // browsers ask for /favicon.ico by themselves
  const { page } = watched;
  for (const [name, show] of Object.entries(SCREENS)) {
    if (name === 'offline' || name === 'missing') continue;
    await show(page);
    await settled(page);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
  }
  await watched.close();
});

test('every target on a phone is at least 44 px high and wide', async () => {
  const watched = await open(site, { ...PHONE, locale: 'ja-JP' });
  const { page } = watched;
  for (const name of [
    'first',
    'menu',
    'guide',
    'guide, many',
    'guide, day',
    'answer, scam',
    'answer, several',
    'examples',
    'plan',
    'desks',
    'carriers',
    'beside',
    'about',
    'draft',
    'code',
  ]) {
    await SCREENS[name]?.(page);
    await settled(page);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('a[href], button, summary, select, textarea, input')]
        .map((one) => (one.matches('input[type=checkbox]') ? (one.closest('label') ?? one) : one))
        .filter((one) => !one.matches('.unseen, .skip') && one.checkVisibility())
        .map((one) => ({ box: one.getBoundingClientRect(), text: one.outerHTML.slice(0, 120) }))
        .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
        .map(({ box, text }) => `${Math.round(box.width)}×${Math.round(box.height)} ${text}`),
    );
    expect(small, name).toEqual([]);
  }
  await watched.close();
});

test('from the first screen to a plan with the keyboard alone, with the focus always in sight', async () => {
  const watched = await open(site, { viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const { page } = watched;
  const focused = () =>
    page.evaluate(() => {
      const one = document.activeElement as HTMLElement;
      const box = one.getBoundingClientRect();
      const style = getComputedStyle(one);
      return {
        text: one.textContent?.trim() ?? '',
        id: one.id,
        tag: one.tagName,
        box: `${box.top} ${box.bottom} ${style.outlineStyle} ${innerHeight} ${location.hash}`,
        seen: one.matches('.unseen') || (box.bottom > 0 && box.top < innerHeight && style.outlineStyle !== 'none'),
      };
    });
  /** Tabs on until the focus is where it is wanted. */
  const tabTo = async (wanted: (one: { text: string; id: string }) => boolean) => {
    for (let i = 0; i < 80; ++i) {
      await page.keyboard.press('Tab');
      const one = await focused();
      expect(one.seen, `focus cannot be seen on ${one.tag} ${one.box} ${one.text.slice(0, 60)}`).toBe(true);
      if (wanted(one)) return;
    }
    throw new Error('the keyboard does not get there');
  };
  await visit(site, page);
  await page.keyboard.press('Tab');
  expect((await focused()).text).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  await tabTo((one) => one.id === 'text');
  await page.keyboard.insertText('Your parcel is waiting. Confirm today: http://parcel.example/x');
  await tabTo((one) => one.text === 'Check it');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.verdict');
  await settled(page);
  await tabTo((one) => one.text.includes('See what can be done now'));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/#/guide');
  await settled(page);
  await tabTo((one) => one.text.startsWith('A mail') || one.text.includes('Mail'));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/#/guide/done');
  await page.waitForSelector('fieldset');
  await page.keyboard.press('Tab');
  await tabTo((one) => one.text === '');
  await page.keyboard.press('Space');
  await tabTo((one) => one.text === 'Next');
  await page.keyboard.press('Enter');
  await tabTo((one) => one.text.startsWith('Show me what to do'));
  await page.keyboard.press('Enter');
  await page.waitForSelector('#first-step');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await watched.close();
});

test('nothing moves for who asked for less motion', async () => {
  const watched = await open(site, { ...PHONE, locale: 'ja-JP', reducedMotion: 'reduce' });
  const { page } = watched;
  await page.route('**/api/v1/examples**', () => undefined); // never answered
  await page.goto(`${site.base}/#/examples`);
  await page.waitForSelector('.waiting .dot');
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  await watched.close();
});
