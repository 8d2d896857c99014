// How soon the first screen takes a paste, on a throttled phone: processor four times slower, 1.6 Mbit/s, 150 ms each way and
// back (the "slow 4G" of Lighthouse). Counted from the beginning of the navigation until the box and its button stand and the
// main thread is free. usage: node tools/measure.mjs http://127.0.0.1:PORT [RUNS]
import { launch, PHONE } from './browser.mjs';

const [base, runs = '9'] = process.argv.slice(2);
if (!base) {
  console.error('usage: node tools/measure.mjs http://127.0.0.1:PORT [RUNS]');
  process.exit(64);
}

const browser = await launch();
const times = [];
for (let i = 0; i < Number(runs); ++i) {
  const context = await browser.newContext({ ...PHONE, locale: 'ja-JP' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (0.75 * 1024 * 1024) / 8,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector('button.check')) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => (globalThis.interactive = performance.now())));
    });
    observer.observe(document, { childList: true, subtree: true });
  });
  await page.goto(base);
  await page.waitForFunction(() => globalThis.interactive);
  times.push(await page.evaluate(() => globalThis.interactive));
  await context.close();
}
await browser.close();
times.sort((a, b) => a - b);
const at = (share) => Math.round(times[Math.floor((times.length - 1) * share)]);
console.log(
  `first screen interactive: median ${at(0.5)} ms, fastest ${at(0)} ms, slowest ${at(1)} ms of ${times.length} cold visits`,
);
