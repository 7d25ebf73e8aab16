// Renders docs/*.md to dist/docs/*.html and puts the list of guides into dist/docs.html.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { marked } from 'marked';

const HOME = fileURLToPath(new URL('..', import.meta.url));
const DIST = process.env.RELIEF_VIEWER_DIST ?? path.join(HOME, 'dist');
const manifest = JSON.parse(readFileSync(path.join(DIST, 'manifest.json'), 'utf8'));

/** A guide's name is its file's name without the number that sorts it; its title is its first heading. */
function readGuide(file) {
  const text = readFileSync(path.join(HOME, 'docs', file), 'utf8');
  const title = /^# (.+)$/m.exec(text)?.[1];
  if (!title) throw new Error(`docs/${file} has no heading`);
  return { name: file.replace(/^\d+-|\.md$/g, ''), title, text };
}

const guides = readdirSync(path.join(HOME, 'docs'))
  .filter(file => file.endsWith('.md'))
  .sort()
  .map(readGuide);

const escape = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** `root` leads from the page's address to that of the viewer. */
function navigation(root, current) {
  const link = (address, title, name) =>
    `<li><a href="${address}"${name === current ? ' aria-current="page"' : ''}>${escape(title)}</a></li>`;
  const items = guides.map(({ name, title }) => link(`${root}docs/${name}`, title, name));
  items.push(link(`${root}docs`, 'Interface reference', 'reference'));
  return `<nav class="guides" aria-label="Documentation"><a class="home" href="${root || './'}">Relief</a><ul>${items.join('')}</ul></nav>`;
}

const anchor = text => text.toLowerCase().replace(/<[^>]+>|&\w+;/g, '').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');

marked.use({
  renderer: {
    heading({ tokens, depth }) {
      const text = this.parser.parseInline(tokens);
      return `<h${depth} id="${anchor(text)}">${text}</h${depth}>\n`;
    },
    // A policy without inline styles also forbids style attributes, by which marked would align cells.
    table({ header, rows }) {
      const cell = (tag, { tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`;
      const row = (tag, cells) => `<tr>${cells.map(one => cell(tag, one)).join('')}</tr>`;
      const body = rows.map(cells => row('td', cells)).join('\n');
      return `<div class="table"><table><thead>${row('th', header)}</thead><tbody>${body}</tbody></table></div>\n`;
    },
  },
});

const entry = manifest['src/docs/guide.ts'];
const styles = [...new Set([...(entry.css ?? []), ...(entry.imports ?? []).flatMap(name => manifest[name].css ?? [])])];
const icon = readFileSync(path.join(DIST, 'docs.html'), 'utf8').match(/assets\/relief-[^"]+\.svg/)[0];

const page = ({ name, title, text }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<meta name="referrer" content="no-referrer" />
<link rel="icon" type="image/svg+xml" href="../${icon}" />
${styles.map(file => `<link rel="stylesheet" href="../${file}" />`).join('\n')}
<script type="module" src="../${entry.file}"></script>
<title>${escape(title)} · Relief documentation</title>
</head>
<body class="docs-page">
${navigation('../', name)}
<main>
${marked.parse(text)}
</main>
</body>
</html>
`;

mkdirSync(path.join(DIST, 'docs'), { recursive: true });
// The picture of the viewer is the README's.
cpSync(path.join(HOME, 'docs', 'images'), path.join(DIST, 'docs', 'images'), {
  recursive: true,
  filter: source => path.basename(source) !== 'viewer.jpg',
});
for (const guide of guides) {
  writeFileSync(path.join(DIST, 'docs', `${guide.name}.html`), page(guide));
}
const reference = path.join(DIST, 'docs.html');
writeFileSync(
  reference,
  readFileSync(reference, 'utf8').replace('<!--navigation-->', navigation('', 'reference')),
);
// Only the build needs it; what lies in dist is served.
rmSync(path.join(DIST, 'manifest.json'));
