// Writes dist/report-worker.js: src/report/worker.js with the list of what the form is made of.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const HOME = fileURLToPath(new URL('..', import.meta.url));
const DIST = process.env.RELIEF_VIEWER_DIST ?? path.join(HOME, 'dist');
const manifest = JSON.parse(readFileSync(path.join(DIST, 'manifest.json'), 'utf8'));

const found = new Set();
function gather(name) {
  const entry = manifest[name];
  if (found.has(entry.file)) return;
  for (const file of [entry.file, ...(entry.css ?? []), ...(entry.assets ?? [])]) found.add(file);
  for (const next of [...(entry.imports ?? []), ...(entry.dynamicImports ?? [])]) gather(next);
}
gather('report.html');

const files = [...found].sort();
const page = readFileSync(path.join(DIST, 'report.html'));
const version = createHash('sha256').update(page).update(files.join()).digest('hex').slice(0, 16);
const source = readFileSync(path.join(HOME, 'src/report/worker.js'), 'utf8');
writeFileSync(
  path.join(DIST, 'report-worker.js'),
  source.replace('/* files */', files.map(file => `'${file}'`).join(', ')).replace('/* version */', version),
);
