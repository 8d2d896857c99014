// Reads one JSON object a line on standard input, {"html": "…"}, loads it in Chromium with scripts off and the network
// blocked, and prints {"text": document.body.innerText} a line. Driven by compare_innertext.py.
// Needs playwright-core (npm) in the current folder and Debian's chromium.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { chromium } = createRequire(process.cwd() + "/")("playwright-core");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const context = await browser.newContext({ javaScriptEnabled: false, offline: false, viewport: { width: 1024, height: 768 }, colorScheme: "light" });
const place = "http://mail.example/";
let html = "";
await context.route("**/*", (route) =>
  route.request().url() === place && route.request().isNavigationRequest()
    ? route.fulfill({ contentType: "text/html; charset=utf-8", body: html })
    : route.abort());

for await (const line of createInterface({ input: process.stdin })) {
  // A refresh would leave the page before it is read.
  html = JSON.parse(line).html.replace(/http-equiv/gi, "x-http-equiv");
  const page = await context.newPage();
  let answer;
  try {
    await page.goto(place, { waitUntil: "domcontentloaded", timeout: 20000 });
    answer = { text: await page.evaluate(() => document.body.innerText) };
  } catch (error) {
    answer = { error: String(error).split("\n")[0] };
  }
  console.log(JSON.stringify(answer));
  await page.close();
}
await browser.close();
