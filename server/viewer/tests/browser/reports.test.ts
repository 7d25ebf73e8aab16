// Reports on the map and before those who decide on them. Needs the program and users of run.mjs.

import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { BASE, launch, picture, visit, type Visit } from './chromium';

const PASSWORD = process.env['RELIEF_PASSWORD'] ?? '';
const PICTURE = new URL('../../docs/images/viewer.jpg', import.meta.url);
// Of each test its own place, where no other reports are.
const ICON = { lon: 5.5, lat: 50.5 };
const LIVE = { lon: 10.25, lat: 45.25 };
const READ = { lon: 20.5, lat: 40.5 };
const REVIEW = { lon: 30.5, lat: 35.5 };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

type Place = { lon: number; lat: number };
type Fields = Record<string, string | Blob>;

async function send({ lon, lat }: Place, fields: Fields): Promise<string> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ lon: String(lon), lat: String(lat), ...fields })) form.append(name, value);
  const answer = await fetch(`${BASE}/reports`, { method: 'POST', body: form });
  expect(answer.status, await answer.clone().text()).toBe(201);
  return answer.headers.get('Location')?.split('/').pop() ?? '';
}

const mapOf = ({ lon, lat }: Place, zoom: number, query = ''): string => `/#map=${zoom}/${lat}/${lon}&l=reports${query}&base=outline`;
const values = (page: Page) => page.locator('.values');

async function signIn({ page }: Visit, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).first().click();
  await page.locator('dialog input[name=name]').fill(name);
  await page.locator('dialog input[name=password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('.who').waitFor();
}

/** The titles in the tiles that have come, in the order in which they came. */
function titlesOf(page: Page): { text: string; at: number }[] {
  const seen: { text: string; at: number }[] = [];
  page.on('response', answer => {
    if (!/\/tiles\/reports\/.*\.mvt/.test(answer.url()) || answer.status() !== 200) return;
    void answer.body().then(body => seen.push({ text: body.toString('utf8'), at: Date.now() }), () => undefined);
  });
  return seen;
}

test.skipIf(!PASSWORD)('icons of reports come along where no base map brings them', async () => {
  await send(ICON, { title: 'The bridge is down', category: 'bridge' });
  const seen = await visit(browser, '/');
  const sheet = seen.page.waitForResponse(answer => /\/sprite(@2x)?\.png/.test(answer.url()));

  await seen.page.goto(`${BASE}${mapOf(ICON, 14)}`, { waitUntil: 'load' });
  await seen.page.reload({ waitUntil: 'load' });

  expect((await sheet).status()).toBe(200);
  await seen.page.waitForResponse(answer => /\/tiles\/reports\/14\/.*\.mvt/.test(answer.url()));
  await picture(seen.page, 'report-icon');
  await seen.close();
});

test.skipIf(!PASSWORD)('a low report is on every open map at once, without a reload, and not on one that nobody sees', async () => {
  await send(LIVE, { title: 'Here before', category: 'flood' });
  const maps = [await visit(browser, mapOf(LIVE, 13)), await visit(browser, mapOf(LIVE, 12))];
  const pages = maps.map(one => one.page);
  const tiles = pages.map(titlesOf);
  await Promise.all(pages.map(page => page.reload({ waitUntil: 'load' })));
  const has = (i: number, title: string): boolean => (tiles[i] ?? []).some(({ text }) => text.includes(title));
  await expect.poll(() => has(0, 'Here before') && has(1, 'Here before'), { timeout: 30_000 }).toBe(true);
  let loads = 0;
  pages.forEach(page => page.on('load', () => loads++));

  await send({ lon: LIVE.lon + 0.02, lat: LIVE.lat }, { title: 'New on the map', category: 'fire' });
  const accepted = Date.now();
  await expect.poll(() => has(0, 'New on the map') && has(1, 'New on the map'), { timeout: 20_000, interval: 20 }).toBe(true);

  const came = tiles.map(list => list.find(({ text }) => text.includes('New on the map'))?.at ?? 0);
  console.log(`a report is in the tiles of open maps ${came.map(at => at - accepted).join(' and ')} ms after its 201`);
  expect(loads).toBe(0);
  await pages[0]?.waitForTimeout(1_000);
  if (pages[0]) await picture(pages[0], 'reports-live');
  for (const one of maps) {
    expect(one.complaints).toEqual([]);
    await one.close();
  }
});

test.skipIf(!PASSWORD)('a broken line goes on where it broke: with the last id, and what came meanwhile is on the map', async () => {
  const one = await visit(browser, mapOf(LIVE, 13));
  const asked: (string | undefined)[] = [];
  const tiles = titlesOf(one.page);
  let cut = false;
  await one.page.context().route('**/events', async route => {
    asked.push(route.request().headers()['last-event-id']);
    if (cut) await route.abort('connectionreset');
    else await route.fulfill({ status: 200, contentType: 'text/event-stream', body: 'retry: 3000\nid: broken\n\n' });
    cut = false;
  });
  await one.page.reload({ waitUntil: 'load' });
  await expect.poll(() => asked.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  expect(asked.slice(0, 2)).toEqual([undefined, 'broken']);

  await one.page.context().unroute('**/events');
  await send({ lon: LIVE.lon, lat: LIVE.lat + 0.02 }, { title: 'While it was broken', category: 'fire' });

  // The server does not know the id: it says "reset", and all is read anew.
  await expect.poll(() => tiles.some(({ text }) => text.includes('While it was broken')), { timeout: 40_000 }).toBe(true);
  await one.close();
});

test.skipIf(!PASSWORD)('a click tells all of a report that may be seen, with its photos', async () => {
  const photo = new Blob([new Uint8Array(readFileSync(PICTURE))], { type: 'image/jpeg' });
  await send(READ, { title: '<b>Wall</b> & roof', category: 'building', severity: 'severe', description: 'Cracks.\nNobody inside.', photo });
  const one = await visit(browser, mapOf(READ, 15));
  await expect.poll(() => one.tiles.some(url => url.includes('/tiles/reports/')), { timeout: 20_000 }).toBe(true);
  await one.page.waitForTimeout(1_500);

  await one.page.locator('#ground canvas').click();

  const found = values(one.page);
  await found.getByText('Nobody inside.').waitFor();
  const text = await found.innerText();
  for (const words of ['<b>Wall</b> & roof', 'Damaged building', 'Severe', 'new']) expect(text).toContain(words);
  await found.locator('.photos img').waitFor();
  expect(await found.locator('.photos img').evaluate(image => (image as HTMLImageElement).alt)).toBe('Photo 1');
  await picture(one.page, 'reports-read');
  expect(one.complaints).toEqual([]);
  await one.close();
});

test.skipIf(!PASSWORD)('reports are chosen by category, state and age, and the link says so', async () => {
  const one = await visit(browser, mapOf(READ, 11));
  const card = one.page.locator('.card').first();
  await card.locator('select[name=category]').selectOption('fire');
  await card.locator('select[name=since]').selectOption('24h');
  await expect.poll(() => one.tiles.some(url => /category=fire/.test(url) && /since=24h/.test(url)), { timeout: 20_000 }).toBe(true);
  await expect.poll(() => new URL(one.page.url()).hash).toContain('l=reports;q.category=fire;q.since=24h');

  await card.locator('select[name=view]').selectOption('hexagon');
  await expect.poll(() => one.tiles.some(url => url.includes('aggregate=hexagon')), { timeout: 20_000 }).toBe(true);
  await card.locator('select[name=view]').selectOption('heat');
  await expect.poll(() => one.page.locator('.legend').innerText()).toContain('Density of reports');
  await card.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => new URL(one.page.url()).hash).not.toContain('q.');
  await expect.poll(() => one.page.locator('.legend').innerText()).toContain('Several reports');
  expect(one.complaints).toEqual([]);
  await one.close();
});

test.skipIf(!PASSWORD)('a moderator sees new reports come in, finds the duplicate, and decides; the map follows', async () => {
  const first = await send(REVIEW, { title: 'Bridge down at the mill', category: 'bridge' });
  const one = await visit(browser, '/moderate');
  await one.page.getByText('Reports are reviewed by moderators.').waitFor();
  await signIn(one, 'mona');
  const cardOf = (title: string) => one.page.locator('.report', { hasText: title });
  await cardOf('Bridge down at the mill').waitFor();

  const second = await send({ ...REVIEW, lon: REVIEW.lon + 0.0005 }, { title: 'The bridge at the mill is down', category: 'bridge' });
  await cardOf('The bridge at the mill is down').waitFor();
  await picture(one.page, 'moderate');
  const copy = one.page.locator('.report', { hasText: second });
  await copy.getByText('May tell of the same').click();
  await copy.locator('.like', { hasText: 'Bridge down at the mill' }).getByRole('button').click();
  await expect.poll(() => copy.count()).toBe(0);

  const original = one.page.locator('.report', { hasText: first });
  await original.locator('input[name=confidence]').fill('b2');
  await original.locator('input[name=note]').fill('rang them');
  await original.getByRole('button', { name: 'Confirm' }).click();
  await expect.poll(() => original.count()).toBe(0);
  await one.page.locator('select[name=status]').selectOption('verified');
  await original.waitFor();
  expect(await original.locator('input[name=confidence]').inputValue()).toBe('B2');
  await original.locator('summary', { hasText: 'History' }).click();
  await original.locator('.changes', { hasText: 'rang them' }).waitFor();
  const shown = (await (await fetch(`${BASE}/reports?bbox=30,35,31,36`)).json()) as { features: { id: string }[] };
  expect(shown.features.map(({ id }) => id)).toEqual([first]);
  await one.close();
});

test.skipIf(!PASSWORD)('a moderator puts right what a report says, and only what was changed is sent', async () => {
  const id = await send(REVIEW, { title: 'Call 555 0100 for water', category: 'food', description: 'One pump\nfor all.' });
  const one = await visit(browser, '/moderate');
  await signIn(one, 'mona');
  const card = one.page.locator('.report', { hasText: id });
  await card.getByText('Correct what it says').click();
  const form = card.locator('.correction');
  await form.locator('input[name=title]').fill('Water is given out');
  await form.locator('select[name=category]').selectOption('water-point');
  await form.locator('input[name=lat]').fill('35.25');
  await picture(one.page, 'moderate-correct');
  const patch = one.page.waitForRequest(request => request.method() === 'PATCH');

  await form.getByRole('button', { name: 'Save the correction' }).click();

  expect(JSON.parse((await patch).postData() ?? '')).toEqual({
    title: 'Water is given out',
    category: 'water-point',
    geometry: { type: 'Point', coordinates: [REVIEW.lon, 35.25] },
  });
  await card.getByRole('heading', { name: 'Water is given out' }).waitFor();
  await card.locator('summary', { hasText: 'History' }).click();
  await card.locator('.changes li').first().waitFor();
  expect(await card.innerText()).not.toContain('555');
  expect(await card.locator('.text').innerText()).toBe('One pump\nfor all.');
  await one.close();
});

test.skipIf(!PASSWORD)('several are decided on at once, and one is erased only when that is confirmed', async () => {
  for (const title of ['Spam one', 'Spam two', 'Spam three']) await send(REVIEW, { title });
  const one = await visit(browser, '/moderate');
  await signIn(one, 'mona');
  const cardOf = (title: string) => one.page.locator('.report', { hasText: title });
  await cardOf('Spam one').waitFor();

  for (const title of ['Spam one', 'Spam two']) await one.page.getByRole('checkbox', { name: `Select ${title}` }).check();
  await one.page.getByText('Selected: 2').waitFor();
  await picture(one.page, 'moderate-together');
  await one.page.locator('.together').getByRole('button', { name: 'Reject' }).click();
  await expect.poll(() => cardOf('Spam').count()).toBe(1);
  expect(await one.page.locator('.together').isVisible()).toBe(false);

  one.page.once('dialog', dialog => void dialog.dismiss());
  await cardOf('Spam three').getByRole('button', { name: 'Erase' }).click();
  expect(await cardOf('Spam three').count()).toBe(1);
  one.page.once('dialog', dialog => void dialog.accept());
  await cardOf('Spam three').getByRole('button', { name: 'Erase' }).click();
  await expect.poll(() => cardOf('Spam three').count()).toBe(0);
  await one.close();
});

test.skipIf(!PASSWORD)('a severe report is shown to moderators for a reason, and to nobody without', async () => {
  await send(REVIEW, { title: 'Not for everyone', sensitivity: 'severe' });
  const one = await visit(browser, '/moderate');
  await signIn(one, 'mona');
  await one.page.locator('select[name=reason]').waitFor();
  const severe = one.page.locator('.report', { hasText: 'Not for everyone' });
  expect(await severe.count()).toBe(0);

  await one.page.locator('select[name=reason]').selectOption('review');

  await severe.waitFor();
  await severe.getByRole('button', { name: 'Confirm' }).click();
  await expect.poll(() => severe.count()).toBe(0);
  expect(await (await fetch(`${BASE}/reports?limit=1000`)).text()).not.toContain('Not for everyone');
  await one.close();
});

test.skipIf(!PASSWORD)('on a phone, dark and in Arabic, the review is no wider than the screen and every field has a name', async () => {
  await send(REVIEW, { title: 'A title of a report that is longer than any phone is wide, for it tells a lot', category: 'flood' });
  const one = await visit(browser, '/moderate', { ...PHONE, locale: 'ar', colorScheme: 'dark' });
  await one.page.locator('.account button').first().click();
  await one.page.locator('dialog input[name=name]').fill('mona');
  await one.page.locator('dialog input[name=password]').fill(PASSWORD);
  await one.page.keyboard.press('Enter');
  await one.page.locator('.report').first().waitFor();
  await picture(one.page, 'moderate-phone-arabic');

  expect(await one.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  const nameless = await one.page.evaluate(() =>
    [...document.querySelectorAll('input, select, textarea')]
      .filter(element => !(element as HTMLInputElement).labels?.length && !element.getAttribute('aria-label'))
      .map(element => element.outerHTML),
  );
  expect(nameless).toEqual([]);
  await one.close();
});
