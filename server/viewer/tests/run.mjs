// npm test                               the tests of pure functions
// npm test -- --base http://HOST:PORT    those, then the tests of the page in Chromium against a running server,
//                                        which needs two raster layers, those of SERIES and FEATURES, as below, and those of a base map
// RELIEF=path/to/relief npm test         the same against a server of its own, with the layers of data/
// npm test -- … --pictures DIR           … and keeps screenshots
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HOME = fileURLToPath(new URL('..', import.meta.url));
const DATA = path.join(HOME, '../../data');
const VITEST = path.join(HOME, 'node_modules/vitest/vitest.mjs');
const START_SECONDS = 60;
// A town at three times, the first and the last as Landsat saw it, and another layer that begins later.
const SERIES = [
  ['time-series', 'pucallpa_landsat_1985.tif', '1985-08-01'],
  ['time-series', 'pucallpa_landsat_1985.tif', '2016-08-01'],
  ['time-series', 'pucallpa_landsat_2020.tif', '2020-08-01T15:10:00Z'],
  ['time-late', 'pucallpa_landsat_2020.tif', '2018-08-01'],
  ['time-late', 'pucallpa_landsat_2020.tif', '2020-07-20'],
];
// Features, and a style that draws them.
const FEATURES = ['camps', 'camps.geojson', 'camps-style.json'];
// A layer that only the holder of a token may see.
const GUARDED = ['guarded', 'pucallpa_landsat_2020.tif'];
// Who signs in, with one password.
const USERS = { anna: 'admin', mona: 'moderator' };
const PASSWORD = 'river-lamp-stone-42';
// Reports are low and shown before they are reviewed; the browsers of all tests are one asker.
const SETTINGS = {
  RELIEF_REPORTS__SENSITIVITY: 'low',
  RELIEF_REPORTS__MODERATION: 'after',
  RELIEF_LIMITS__ANONYMOUS_REPORTS_PER_MINUTE: '1000',
  RELIEF_LIMITS__LOGINS_PER_MINUTE: '1000',
};
const LOG_SHOWN = 4_000; // characters of the server's log, when something failed

function argument(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

function run(environment) {
  const options = { cwd: HOME, stdio: 'inherit', env: { ...process.env, ...environment } };
  return spawnSync(process.execPath, [VITEST, 'run'], options).status ?? 1;
}

function runInBrowser(base, more = {}) {
  const pictures = argument('--pictures');
  return run({ RELIEF_BASE: base, ...more, ...(pictures ? { RELIEF_PICTURES: path.resolve(pictures) } : {}) });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function untilReady(base, server) {
  const end = Date.now() + START_SECONDS * 1000;
  while (Date.now() < end && server.exitCode === null) {
    const answer = await fetch(`${base}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  throw new Error(`the server did not become ready within ${START_SECONDS} s`);
}

function addSeries(program, workspace) {
  for (const [id, file, time] of SERIES) {
    const options = ['add', path.join(DATA, file), '--workspace', workspace, '--id', id, '--time', time];
    const { status, stderr } = spawnSync(program, options, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${id} of ${time} could not be added: ${String(stderr).slice(-LOG_SHOWN)}`);
  }
}

function relief(program, workspace, words, input = '') {
  const { status, stdout, stderr } = spawnSync(program, [...words, '--workspace', workspace], { encoding: 'utf8', input });
  if (status !== 0) throw new Error(`${words.join(' ')}: ${String(stderr).slice(-LOG_SHOWN)}`);
  return stdout;
}

function addFeatures(program, workspace) {
  const [id, file, style] = FEATURES;
  const given = path.join(HOME, 'tests/data');
  relief(program, workspace, ['add', path.join(given, file), '--id', id]);
  mkdirSync(path.join(workspace, 'styles'), { recursive: true });
  copyFileSync(path.join(given, style), path.join(workspace, 'styles/camps-by-name.json'));
}

/** Gives the token that opens it. */
function addGuarded(program, workspace) {
  const [id, file] = GUARDED;
  relief(program, workspace, ['add', path.join(DATA, file), '--id', id, '--sensitivity', 'high']);
  return JSON.parse(relief(program, workspace, ['token', 'create', '--role', 'viewer', '--layers', id, '--json'])).token;
}

async function withOwnServer(program) {
  const workspace = mkdtempSync(path.join(tmpdir(), 'relief-viewer-'));
  addSeries(program, workspace);
  addFeatures(program, workspace);
  const token = addGuarded(program, workspace);
  for (const [user, role] of Object.entries(USERS)) {
    relief(program, workspace, ['user', 'add', user, '--role', role], `${PASSWORD}\n`);
  }
  const base = `http://127.0.0.1:${await freePort()}`;
  const options = ['serve', DATA, '--workspace', workspace, '--listen', new URL(base).host];
  const log = path.join(workspace, 'server.log');
  const server = spawn(program, options, { stdio: ['ignore', 'ignore', openSync(log, 'w')], env: { ...process.env, ...SETTINGS } });
  let outcome = 1;
  try {
    await untilReady(base, server);
    outcome = runInBrowser(base, {
      RELIEF_TOKEN: token,
      RELIEF_PASSWORD: PASSWORD,
      RELIEF_PROGRAM: program,
      RELIEF_WORKSPACE: workspace,
    });
    return outcome;
  } finally {
    if (outcome !== 0) console.error(readFileSync(log, 'utf8').slice(-LOG_SHOWN));
    const ended = new Promise(resolve => server.once('exit', resolve));
    if (server.exitCode === null && server.kill('SIGTERM')) await ended;
    rmSync(workspace, { recursive: true, force: true });
  }
}

const base = argument('--base');
const program = process.env.RELIEF;
let status = run({ RELIEF_BASE: '' });
if (status === 0 && base) status = runInBrowser(base);
else if (status === 0 && program) status = await withOwnServer(path.resolve(program));
process.exit(status);
