// Takes pictures of every screen for docs/review/page: node tools/pictures.mjs http://127.0.0.1:PORT FOLDER [NAME…]
import { mkdirSync, readFileSync } from 'node:fs';
import { DESKTOP, launch, PHONE } from './browser.mjs';

const [base, folder, ...only] = process.argv.slice(2);
if (!base || !folder) {
  console.error('usage: node tools/pictures.mjs http://127.0.0.1:PORT FOLDER [NAME…]');
  process.exit(64);
}
mkdirSync(folder, { recursive: true });

const sample = (name) => readFileSync(new URL(`../../samples/${name}`, import.meta.url));
const SCAM = 'story-01-urgent-personal-data.eml';
const hostile =
  'From: "Amazon.co.jp" <a@amazon.co.jp.login.example>\nSubject: invoice_\u202Efdp.exe\n\nアマ\u200Bゾンからのお知らせ\n本日中に https://www.amazon.co.jp@login-check.example.top/a?x=1 をご確認ください。\n'.replace(
    /\n/g,
    '\r\n',
  );

const visit = (hash) => async (page) => {
  await page.goto(`${base}/${hash}`);
  await page.waitForLoadState('networkidle');
};
const judge = (files) => async (page) => {
  await visit('')(page);
  await page.setInputFiles('#files', files);
  await page.click('button.check');
  await page.waitForSelector('.verdict, .list, .trouble, .unread');
  await page.waitForLoadState('networkidle');
};
const file = (name) => ({ name, mimeType: 'message/rfc822', buffer: sample(name) });
const inPlan = async (page) => {
  await visit('')(page);
  await page.evaluate(() =>
    localStorage.setItem(
      'sekisho.guide',
      JSON.stringify({
        answers: {
          situations: ['campaign_with_my_data'],
          done: ['tapped', 'personal_data'],
          typed: ['name', 'postal_address', 'phone'],
          prefecture: 'chiba',
          carrier: 'softbank',
        },
        asked: ['situations', 'done', 'typed'],
        ticked: ['breathe'],
      }),
    ),
  );
  await page.reload();
  await visit('#/plan')(page);
};

const SHOTS = {
  first: visit(''),
  'answer-scam': judge([file(SCAM)]),
  'answer-hostile': judge([
    { name: 'invoice_\u202Efdp.eml', mimeType: 'message/rfc822', buffer: Buffer.from(hostile) },
  ]),
  'answer-nothing': judge([file('twin-02-missed-delivery.eml')]),
  'answer-several': judge(['story-00-lure-free-period.eml', SCAM, 'twin-01-trial-ending.eml'].map(file)),
  'answer-empty': visit('#/answer'),
  examples: visit('#/examples'),
  example: visit('#/examples/delivery_absence'),
  guide: visit('#/guide'),
  'guide-done': async (page) => {
    await visit('#/guide')(page);
    await page.click('main li button >> nth=0');
    await page.waitForSelector('fieldset');
  },
  'guide-when': visit('#/guide/when'),
  plan: inPlan,
  draft: visit('#/drafts/police_online'),
  desks: visit('#/desks/chiba'),
  carriers: visit('#/carriers'),
  carrier: visit('#/carriers/softbank'),
  beside: visit('#/beside'),
  about: visit('#/about'),
  code: visit('#/code'),
  unknown: visit('#/nowhere'),
  offline: async (page) => {
    await page.route('**/api/**', (route) => route.abort());
    await visit('#/desks')(page);
  },
  menu: async (page) => {
    await visit('')(page);
    if (await page.isVisible('#menu-button')) await page.click('#menu-button');
  },
};

const LOOKS = [
  { look: 'phone-ja-light', ...PHONE, locale: 'ja-JP', colorScheme: 'light' },
  { look: 'phone-ja-dark', ...PHONE, locale: 'ja-JP', colorScheme: 'dark' },
  { look: 'phone-en-light', ...PHONE, locale: 'en-GB', colorScheme: 'light' },
  { look: 'desk-ja-light', ...DESKTOP, locale: 'ja-JP', colorScheme: 'light' },
  { look: 'desk-en-dark', ...DESKTOP, locale: 'en-GB', colorScheme: 'dark' },
  { look: 'phone-plain-light', ...PHONE, locale: 'ja-JP', colorScheme: 'light', register: 'ja-plain', size: 'larger' },
];

const browser = await launch();
for (const { look, register, size, ...options } of LOOKS) {
  for (const [name, prepare] of Object.entries(SHOTS)) {
    if (only.length && !only.some((one) => `${name}.${look}`.includes(one))) continue;
    const context = await browser.newContext(options);
    if (register) {
      await context.addInitScript(
        (view) => localStorage.setItem('sekisho.view', view),
        JSON.stringify({ register, size }),
      );
    }
    const page = await context.newPage();
    await prepare(page);
    await page.waitForTimeout(150);
    await page.screenshot({ path: `${folder}/${name}.${look}.png`, fullPage: true });
    await context.close();
  }
}
await browser.close();
