// Every path through the page, as a person walks it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeBrowser, codeFile, judge, looks, open, sample, serve, settled, visit, withPlan, type Site } from './site';

let site: Site;
beforeAll(async () => {
  site = await serve();
});
afterAll(async () => {
  await closeBrowser();
  await site.stop();
});

const SCAM_TEXT =
  'お荷物のお届けにあがりましたが不在の為持ち帰りました。本日中に下記よりご確認ください。 http://fuzai.example/x3k';

describe.each(looks)('$look', (look) => {
  test('a pasted scam is answered after two actions, with reasons, marks, an example and what to do next', async () => {
    const watched = await open(site, look);
    const { page } = watched;
    await visit(site, page);
    await page.fill('#text', SCAM_TEXT); // one: paste
    await page.click('button.check'); // two: check
    await page.waitForSelector('.verdict.scam');
    await settled(page);
    expect(await page.locator('.reasons > li').count()).toBe(3);
    expect(await page.locator('.reasons .how').count()).toBe(3);
    expect(await page.locator('main mark').count()).toBeGreaterThan(0);
    expect(await page.locator('.mail .owner').allTextContents()).toContain('fuzai.example');
    expect(await page.locator('ol.steps li').count()).toBeGreaterThan(1);
    expect(await page.locator('a[href^="#/examples/"]').count()).toBe(1);
    await page.reload(); // nothing of a message is kept
    await settled(page);
    expect(await page.locator('.verdict').count()).toBe(0);
    expect(await page.locator('a[href="#/"]').count()).toBeGreaterThan(0);
    await watched.close();
  });

  test('several files become a list, the ones to be careful with first; each opens and leads back', async () => {
    const watched = await open(site, look);
    const { page } = watched;
    await judge(site, page, ['twin-01-trial-ending.eml', 'story-01-urgent-personal-data.eml'].map(sample));
    const list = page.locator('.list a');
    expect(await list.count()).toBe(2);
    expect(await list.first().getAttribute('class')).toContain('scam');
    await list.nth(1).click();
    await page.waitForSelector('.verdict.nothing_found');
    await page.goBack();
    await page.waitForSelector('.list');
    await watched.close();
  });

  test('nothing given, a picture, and an empty file are told apart in words', async () => {
    const watched = await open(site, look);
    const { page } = watched;
    watched.forgive('422');
    await visit(site, page);
    await page.click('button.check');
    expect(await page.locator('#problem').textContent()).not.toBe('');
    await page.setInputFiles('#files', [{ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('x') }]);
    expect(await page.locator('#problem').textContent()).toContain('a.png');
    await judge(site, page, [{ name: 'empty.eml', mimeType: 'message/rfc822', buffer: Buffer.alloc(0) }]);
    expect(await page.locator('.trouble, .unread').count()).toBeGreaterThan(0);
    expect(await page.locator('main a[href="#/"]').count()).toBeGreaterThan(0);
    await watched.close();
  });

  test('the gallery is found by words, and an example shows what is odd in it', async () => {
    const watched = await open(site, look);
    const { page } = watched;
    await visit(site, page, '#/examples');
    await page.waitForSelector('.gallery li');
    const all = await page.locator('.gallery li').count();
    expect(all).toBeGreaterThan(25);
    await page.fill('#words', look.locale === 'ja-JP' ? '荷物' : 'parcel');
    await expect.poll(() => page.locator('.gallery li').count()).toBeLessThan(all);
    await page.locator('.gallery a').first().click();
    await page.waitForSelector('.mail');
    expect(await page.locator('main mark').count()).toBeGreaterThan(0);
    await page.goBack();
    await page.waitForSelector('#words');
    await page.fill('#words', 'zzzz');
    await expect.poll(() => page.locator('.gallery li').count()).toBe(0);
    await watched.close();
  });

  test('a first step is there at once and a plan after four taps; back, reload and ticks lose nothing; erase takes it away', async () => {
    const watched = await open(site, look);
    const { page } = watched;
    await visit(site, page);
    await page.locator('.asked a.main').click(); // one
    await page.waitForSelector('section.first');
    await settled(page);
    await page.locator('main li button').nth(1).click(); // two: what happened
    await page.waitForURL('**/#/guide/done');
    await page.locator('fieldset label').nth(2).click(); // three: what was done
    await page.locator('form button.main').click(); // four
    await page.waitForURL('**/#/guide/typed');
    await page.goBack();
    await page.waitForURL('**/#/guide/done');
    expect(await page.locator('fieldset input').nth(2).isChecked()).toBe(true);
    await page.goForward();
    await page.waitForURL('**/#/guide/typed');
    await page.locator('a.plan').click(); // five: enough of questions
    await page.waitForSelector('#first-step');
    const first = await page.locator('.what').textContent();
    await page.locator('section.first label.tick').click();
    await expect.poll(() => page.locator('.what').textContent()).not.toBe(first);
    await page.reload();
    await settled(page);
    expect(await page.locator('.what').textContent()).not.toBe(first);
    const [calendar] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('main .row button').nth(1).click(),
    ]);
    expect(calendar.suggestedFilename()).toBe('sekisho.ics');
    expect(await page.locator('a[href^="tel:"]').count()).toBeGreaterThan(1);
    await page.locator('main > div.no-print button').first().click();
    await page.locator('main > div.no-print button').nth(1).click();
    await page.waitForURL('**/#/guide');
    expect(await page.evaluate(() => localStorage.getItem('sekisho.guide'))).toBeNull();
    await watched.close();
  });

  test('every question can be answered, or passed over, to its end', async () => {
    const watched = await open(site, look);
    const { page } = watched;
    await visit(site, page, '#/guide');
    await page.locator('main li button').nth(1).click();
    for (let i = 0; i < 12 && !page.url().endsWith('#/plan'); ++i) {
      const before = page.url();
      await page.waitForSelector('.way');
      const day = page.locator('.quick button').first();
      if (await day.isVisible()) await day.click();
      else await page.locator('main > p.row > button').click();
      await expect.poll(() => page.url()).not.toBe(before);
    }
    expect(page.url()).toMatch(/#\/plan$/);
    await page.waitForSelector('#first-step');
    await watched.close();
  });

  test('a telling in own words finds what it is', async () => {
    const watched = await open(site, look);
    const { page } = watched;
    await visit(site, page, '#/guide');
    await page.locator('details summary').first().click();
    await page.fill('#telling', 'ポイントが知らない間に全部なくなっていました');
    await page.locator('details form button').click();
    await page.locator('button.guess').first().click();
    await page.waitForURL('**/#/guide/*');
    const kept = await page.evaluate(() => localStorage.getItem('sekisho.guide') ?? '');
    expect(kept).toContain('police_6_points');
    expect(kept).not.toContain('なくなって');
    await watched.close();
  });

  test('what a judged message tells goes into the guide', async () => {
    const watched = await open(site, look);
    const { page } = watched;
    await judge(site, page, [sample('story-01-urgent-personal-data.eml')]);
    await page.locator('.acted a').click();
    await page.waitForURL('**/#/guide');
    await page.waitForSelector('button[aria-pressed="true"].chosen');
    await watched.close();
  });

  test('desks by prefecture, carriers tap by tap, drafts to copy, the sheet for relatives, a place that is none', async () => {
    const watched = await open(site, look);
    const { page } = watched;
    await visit(site, page, '#/desks');
    await page.selectOption('#prefecture', 'chiba');
    await page.waitForURL('**/#/desks/chiba');
    await page.waitForSelector('a[href="tel:0432279110"]');
    await visit(site, page, '#/carriers');
    await page.locator('main ul a').first().click();
    await page.waitForSelector('ol.taps li');
    await withPlan(site, page);
    await visit(site, page, '#/drafts/police_online');
    await page.locator('button.main').click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('1.');
    await visit(site, page, '#/beside');
    await page.waitForSelector('.sheets a');
    await visit(site, page, '#/nowhere');
    expect(await page.locator('main a[href="#/"]').count()).toBeGreaterThan(0);
    await watched.close();
  });

  test('the register is changed in place, everywhere, and kept', async () => {
    const watched = await open(site, look);
    const { page } = watched;
    await judge(site, page, [sample('story-01-urgent-personal-data.eml')]);
    const before = await page.locator('.reasons h3').first().textContent();
    await page
      .locator('.registers button')
      .nth(look.locale === 'ja-JP' ? 2 : 0)
      .click();
    await expect.poll(() => page.locator('.reasons h3').first().textContent()).not.toBe(before);
    await page.locator('.registers button').nth(1).click();
    await page.waitForSelector('ruby rt');
    await page.reload();
    await page.waitForSelector('ruby rt');
    await watched.close();
  });

  test('without the server the page says so, shows the numbers and the kept plan, and goes on when it is back', async () => {
    const watched = await open(site, look);
    const { page } = watched;
    watched.forgive('ERR_');
    await withPlan(site, page);
    await visit(site, page, '#/plan');
    await page.waitForSelector('#first-step');
    await page.route('**/api/**', (route) => route.abort());
    await page.evaluate(() => (location.hash = '#/desks'));
    await page.waitForSelector('.trouble');
    expect(await page.locator('main a[href="tel:%239110"]').count()).toBeGreaterThan(0);
    await page.evaluate(() => (location.hash = '#/plan'));
    await page.waitForSelector('#first-step');
    await page.evaluate(() => (location.hash = '#/desks'));
    await page.waitForSelector('.trouble');
    await page.unroute('**/api/**');
    await page.locator('.trouble button').click();
    await page.waitForSelector('#prefecture');
    await watched.close();
  });
});

test('an access code is asked for where it is missing, and the place is shown after it', async () => {
  const guarded = await serve('--access-code-file', codeFile('hinoki-no-mon-27'));
  const watched = await open(guarded, looks[0] ?? {});
  watched.forgive('401');
  const { page } = watched;
  await page.goto(`${guarded.base}/#/examples`);
  await page.waitForSelector('input[type=password]');
  await page.fill('input[type=password]', 'wrong-code-000');
  await page.locator('main form button').click();
  await page.waitForSelector('[aria-invalid=true]');
  await page.fill('input[type=password]', 'hinoki-no-mon-27');
  await page.locator('main form button').click();
  await page.waitForSelector('.gallery li');
  await watched.close();
  await guarded.stop();
});
