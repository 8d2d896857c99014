// Prints what the build made, compressed as the server sends it, and fails when the first screen is over its budget.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const FIRST_SCREEN_BYTES = 100_000;
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const compressed = (file) => gzipSync(readFileSync(dist + file), { level: 9 }).length;

const page = readFileSync(`${dist}index.html`, 'utf8');
const files = readdirSync(dist, { recursive: true })
  .map(String)
  .filter((file) => /\.(html|js|css|svg|webmanifest)$/.test(file));
const first = files.filter((file) => file === 'index.html' || page.includes(file));
const sum = (list) => list.reduce((bytes, file) => bytes + compressed(file), 0);

if (/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:|https?:/i.test(page)) {
  console.error('dist/index.html holds something inline or from outside, which the content security policy refuses');
  process.exit(1);
}
for (const file of files)
  console.log(`${String(compressed(file)).padStart(7)} B  ${first.includes(file) ? 'first ' : 'later '} ${file}`);
console.log(
  `first screen ${(sum(first) / 1000).toFixed(1)} kB compressed (at most ${FIRST_SCREEN_BYTES / 1000}), all ${(sum(files) / 1000).toFixed(1)} kB`,
);
if (sum(first) > FIRST_SCREEN_BYTES) process.exit(1);
