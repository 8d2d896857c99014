// Everything shown comes from criminals: whatever a mail holds, no script runs, no request leaves, nothing in it is a link,
// and what hides is seen.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeBrowser, DESKTOP, judge, open, PHONE, serve, settled, visit, type Given, type Site } from './site';

let site: Site;
beforeAll(async () => {
  site = await serve();
});
afterAll(async () => {
  await closeBrowser();
  await site.stop();
});

const RUN = 'globalThis.ran=1;alert(1)';
const MARKUP = [
  `<script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<svg onload="${RUN}"><script>${RUN}</script></svg>`,
  `<svg><animate onbegin="${RUN}" attributeName=x dur=1s>`,
  `<iframe srcdoc="<script>parent.ran=1</script>"></iframe>`,
  `<iframe src="javascript:parent.ran=1"></iframe>`,
  `<object data="data:text/html,<script>parent.ran=1</script>"></object>`,
  `<embed src="https://outside.example/x.svg">`,
  `<link rel=stylesheet href=https://outside.example/x.css>`,
  `<style>@import url(https://outside.example/x.css);*{background:url(https://outside.example/p)}</style>`,
  `<base href="https://outside.example/">`,
  `<meta http-equiv=refresh content="0;url=https://outside.example/">`,
  `<form action="https://outside.example/" autofocus><input name=password autofocus onfocus="${RUN}"></form>`,
  `<body onload="${RUN}" background="https://outside.example/b.png">`,
  `<video poster="https://outside.example/v.png"><source onerror="${RUN}"></video>`,
  `<details open ontoggle="${RUN}">`,
  `<a href="javascript:${RUN}">本日中に確認</a>`,
  `<a href="data:text/html,<script>${RUN}</script>">確認</a>`,
  `<math><mtext><script>${RUN}</script></mtext></math>`,
  `"><script>${RUN}</script><x y="`,
  `{@html '<img src=x onerror=${RUN}>'}`,
  '{{constructor.constructor("' + RUN + '")()}}',
  '${' + RUN + '}',
  ']]><script>' + RUN + '</script>',
  '</textarea></title></style></script><script>' + RUN + '</script>',
];
const TRICKS = [
  'invoice_\u202Efdp.exe',
  '\u2066\u2067amazon\u2069.co.jp',
  'ama\u200Bzon\u200D.co\u2060.jp',
  '\u00AD\u034F\u061C\u115F\u3164',
  'a' + '\u0300'.repeat(400),
  '\u{E0001}\u{E0061}\u{E007F}',
  '\u2028\u2029\u0085',
  '\uFEFFbom',
  '\u001B[2J\u001B]8;;https://outside.example\u0007x',
  '\uFFF9annotated\uFFFB',
];
const NAMES = [
  '../../../etc/passwd.eml',
  '..\\..\\windows\\win.eml',
  '<img src=x onerror=globalThis.ran=1>.eml',
  'mail\u202Elme.exe',
  '"; rm -rf ~; ".eml',
  'a\r\nSet-Cookie: x=1.eml',
  'CON.eml',
  '%2e%2e%2f%00.eml',
  `${'長'.repeat(200)}.eml`,
  'javascript:alert(1).eml',
];

const mail = (subject: string, type: string, body: string, from = 'アマゾン <a@login.example>'): Buffer =>
  Buffer.from(
    `From: ${from}\r\nTo: b@mailbox.example\r\nSubject: ${subject.replace(/[\r\n]/g, ' ')}\r\nMIME-Version: 1.0\r\n` +
      `Content-Type: ${type}; charset=utf-8\r\n\r\n${body}\r\n`,
  );

/** Each trick in the subject, the sender, the text, the HTML and an attachment's name. */
function hostile(): Given[] {
  const all: Given[] = [];
  const add = (buffer: Buffer) =>
    all.push({ name: NAMES[all.length % NAMES.length] ?? 'x.eml', mimeType: 'message/rfc822', buffer });
  for (const bad of [...MARKUP, ...TRICKS]) {
    const story = `お客様のアカウントは停止されました。本日中に https://www.amazon.co.jp@login.example/${encodeURI('?x=1')} をご確認ください。`;
    add(mail(bad, 'text/plain', story));
    add(mail('重要', 'text/plain', `${story}\r\n${bad}`));
    add(mail('重要', 'text/html', `<p>${story}</p>${bad}<p>${bad.replace(/</g, '&lt;')}</p>`));
    add(mail('重要', 'text/plain', story, `"${bad.replace(/["\r\n\\]/g, ' ')}" <a@login.example>`));
    add(
      mail(
        '重要',
        'multipart/mixed; boundary=b',
        `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${story}\r\n--b\r\nContent-Type: image/svg+xml; name="x.svg"\r\n` +
          `Content-Disposition: attachment; filename="${bad.replace(/["\r\n\\]/g, ' ')}.svg"\r\n\r\n<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"/>\r\n--b--`,
      ),
    );
    add(Buffer.from(bad.repeat(3)));
  }
  return all;
}

/** Elements in the screen that could act, beside our own links and pictures. */
const acting = () =>
  [
    ...document.querySelectorAll(
      'main :is(script, iframe, object, embed, img, video, audio, link, style, base, meta, form[action], [onload], [onerror], [onclick])',
    ),
  ].map((one) => one.outerHTML.slice(0, 200));
const strangeLinks = () =>
  [...document.querySelectorAll<HTMLAnchorElement>('a[href]')]
    .map((one) => one.getAttribute('href') ?? '')
    .filter((href) => !/^(#\/[\w%/.-]*|#main|tel:(110|%239110))$/.test(href));

test('two hundred hostile messages are shown, and none of them does anything', { timeout: 180_000 }, async () => {
  const all = hostile();
  expect(all.length).toBeGreaterThanOrEqual(200);
  const short = process.env['SEKISHO_SHORT'] ? all.filter((_, i) => i % 5 === 0) : all;
  const watched = await open(site, { ...DESKTOP, locale: 'ja-JP' });
  const { page } = watched;
  watched.forgive('422');
  for (let from = 0; from < short.length; from += 70) {
    const some = short.slice(from, from + 70);
    await judge(site, page, some);
    const shown = await page.locator('.list a').count();
    expect(shown + (await page.locator('.trouble').count())).toBe(some.length);
    expect(await page.evaluate(acting)).toEqual([]);
    for (let i = 1; i <= shown; ++i) {
      await page.evaluate((item) => (location.hash = `#/answer/${item}`), i);
      await page.waitForSelector('.verdict');
      expect(await page.evaluate(acting)).toEqual([]);
      expect(await page.evaluate(strangeLinks)).toEqual([]);
      const text = await page.evaluate(() => document.querySelector('main')?.textContent ?? '');
      expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B\u2060\u001B\u{E0000}-\u{E007F}]/u);
    }
  }
  await settled(page);
  await watched.close();
});

test('a bidi trick and a zero-width letter are seen, and the owner of an address stands out', async () => {
  const watched = await open(site, { ...PHONE, locale: 'en-GB' });
  const { page } = watched;
  await visit(site, page);
  await page.fill(
    '#text',
    'Your account ama\u200Bzon: invoice_\u202Efdp.exe\nConfirm today https://amazon.co.jp.login.example.test/x',
  );
  await page.click('button.check');
  await page.waitForSelector('.mail');
  const hidden = await page.locator('.mail .hidden-character').allTextContents();
  expect(hidden).toEqual(['hidden U+200B', 'hidden U+202E']);
  expect(await page.locator('.mail .owner').allTextContents()).toEqual(['example.test']);
  expect(await page.locator('.mail a').count()).toBe(0);
  await watched.close();
});

test('links of an HTML mail show where they really lead', async () => {
  const watched = await open(site, { ...PHONE, locale: 'en-GB' });
  const { page } = watched;
  const body = '<p>Your account is locked. <a href="https://evil.test/login">https://www.amazon.co.jp/</a></p>';
  await judge(site, page, [{ name: 'a.eml', mimeType: 'message/rfc822', buffer: mail('Locked', 'text/html', body) }]);
  const shown = await page.locator('section.card', { hasText: 'Where its links really lead' }).textContent();
  expect(shown).toContain('https://www.amazon.co.jp/');
  expect(shown).toContain('evil.test');
  await watched.close();
});

test('the content security policy refuses what a mistake would let in', async () => {
  const watched = await open(site, { ...DESKTOP, locale: 'en-GB' });
  const { page } = watched;
  for (const refused of ['Content Security Policy', 'ERR_', 'Refused', 'violates', 'outside.example'])
    watched.forgive(refused);
  await visit(site, page);
  const response = await page.request.get(`${site.base}/`);
  const policy = response.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/default-src 'none'|default-src 'self'/);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  const blocked = await page.evaluate(async () => {
    const seen: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'globalThis.ran=1';
    document.body.append(script);
    const image = document.createElement('img');
    image.src = 'https://outside.example/x.png';
    document.body.append(image);
    await fetch('https://outside.example/').catch(() => undefined);
    await new Promise((done) => setTimeout(done, 200));
    return seen;
  });
  expect(blocked.some((one) => one.startsWith('script-src'))).toBe(true);
  expect(blocked.some((one) => one.startsWith('img-src') || one === 'default-src')).toBe(true);
  expect(blocked.some((one) => one.startsWith('connect-src') || one === 'default-src')).toBe(true);
  await watched.close();
});

test('hostile addresses of the page itself lead nowhere', async () => {
  const watched = await open(site, { ...PHONE, locale: 'ja-JP' });
  const { page } = watched;
  watched.forgive('404');
  watched.forgive('400');
  for (const hash of [
    '#javascript:alert(1)',
    '#/examples/%3Cscript%3Ealert(1)%3C%2Fscript%3E',
    '#/desks/..%2F..%2Fetc',
    '#/constructor',
    '#/guide/__proto__',
    `#/${'x/'.repeat(2000)}`,
  ]) {
    await visit(site, page, hash);
    expect(await page.evaluate(acting)).toEqual([]);
    expect(await page.locator('.next a').count()).toBeGreaterThan(0);
  }
  await watched.close();
});

test('what is kept in the browser is distrusted too', async () => {
  const watched = await open(site, { ...PHONE, locale: 'ja-JP' });
  const { page } = watched;
  watched.forgive('400');
  await page.addInitScript(() => {
    localStorage.setItem(
      'sekisho.guide',
      '{"answers":{"situations":["<img src=x onerror=globalThis.ran=1>"]},"asked":[1,null],"plan":{"schema":"x"}}',
    );
    localStorage.setItem('sekisho.view', '{"register":"__proto__","size":9}');
  });
  await visit(site, page, '#/plan');
  expect(await page.evaluate(acting)).toEqual([]);
  expect(await page.locator('.next a').count()).toBeGreaterThan(0);
  await watched.close();
});
