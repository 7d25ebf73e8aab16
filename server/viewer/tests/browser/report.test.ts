// The form for reports: what it sends, what it keeps, and that it opens without a network.

import { readFileSync } from 'node:fs';
import type { Browser, Page, Request, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { BASE, launch, picture, visit } from './chromium';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const PASSWORD = process.env['RELIEF_PASSWORD'] ?? '';
const PICTURE = new URL('../../docs/images/viewer.jpg', import.meta.url).pathname;

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

/** The server's part: every attempt, answered as the test says. */
async function answer(page: Page, give: (count: number) => Parameters<Route['fulfill']>[0] | null): Promise<Request[]> {
  const sent: Request[] = [];
  await page.context().route(url => url.pathname === '/reports', async route => {
    sent.push(route.request());
    const given = give(sent.length);
    if (given) await route.fulfill(given);
    else await route.abort('internetdisconnected');
  });
  return sent;
}
const accepted = { status: 201, headers: { Location: '/reports/abcdefghijklmnopqrstuvwxyz' } };

async function fill(page: Page): Promise<void> {
  await page.locator('input[name=lat]').fill('33.51, 36.29');
  await page.locator('input[name=title]').fill('Bridge gone');
  await page.locator('select[name=category]').selectOption('road');
}

test('a report goes with its key, without cookies, and is removed from the device when it is accepted', async () => {
  const one = await visit(browser, '/report');
  const sent = await answer(one.page, () => accepted);
  await fill(one.page);
  await one.page.locator('#send').click();
  await one.page.getByText('Its number is abcdefghijklmnopqrstuvwxyz').waitFor();
  await picture(one.page, 'report-accepted');

  const request = sent[0] as Request;
  expect(request.headers()['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
  expect(request.headers()['cookie']).toBeUndefined();
  const said = new URLSearchParams(request.postData() ?? '');
  expect([said.get('lon'), said.get('lat'), said.get('title')]).toEqual(['36.29', '33.51', 'Bridge gone']);
  expect([...said.keys()].sort()).toEqual(['category', 'lat', 'lon', 'severity', 'time', 'title']);
  expect(one.page.url()).toBe(`${BASE}/report`);
  expect(await one.page.locator('input[name=title]').inputValue()).toBe('');
  await one.page.reload({ waitUntil: 'load' });
  await one.page.locator('#send').waitFor();
  expect(await one.page.locator('#yours').isVisible()).toBe(false);
  expect(one.foreign).toEqual([]);
  await one.close();
});

test('what is missing is said, in the language of the page', async () => {
  const one = await visit(browser, '/report', { locale: 'fr-FR' });
  await one.page.getByText('Signalez ce que vous voyez').waitFor();
  await one.page.locator('#send').click();
  await one.page.getByText('Indiquez le lieu').waitFor();
  await one.page.locator('input[name=lat]').fill('95');
  await one.page.locator('input[name=lon]').fill('5');
  await one.page.locator('#send').click();
  await one.page.getByText('Indiquez le lieu').waitFor();
  await one.page.locator('input[name=lat]').fill('45,5');
  await one.page.locator('#send').click();
  await one.page.getByText('Indiquez un titre court.').waitFor();
  expect(one.complaints).toEqual([]);
  await one.close();
});

test('without a network it waits, over a restart of the page too, and goes with the same key later', async () => {
  const one = await visit(browser, '/report');
  let up = false;
  const sent = await answer(one.page, () => (up ? accepted : null));
  await fill(one.page);
  await one.page.locator('input[type=file]').setInputFiles(PICTURE);
  await one.page.locator('#send').click();
  await one.page.getByText('Waiting to be sent: Bridge gone').waitFor();
  await one.page.reload({ waitUntil: 'load' });
  await one.page.getByText('Waiting to be sent: Bridge gone').waitFor();
  await picture(one.page, 'report-waiting');
  up = true;
  // It may have tried by itself already.
  await one.page.getByRole('button', { name: 'Try now' }).click({ timeout: 5_000 }).catch(() => undefined);
  await one.page.getByText('Accepted: Bridge gone').waitFor();

  expect(sent.length).toBeGreaterThanOrEqual(3);
  expect(new Set(sent.map(request => request.headers()['idempotency-key'])).size).toBe(1);
  const bodies = sent.map(request => request.postDataBuffer()?.toString('latin1') ?? '');
  expect(new Set(bodies).size).toBe(1);
  expect(bodies[0]).toContain('name="photo"; filename="photo-1"\r\nContent-Type: image/jpeg');
  expect(bodies[0]?.length).toBeLessThan(readFileSync(PICTURE).length + 400_000);
  await one.close();
});

test('what the server refuses is said in its words and is not sent again', async () => {
  const one = await visit(browser, '/report');
  const problem = JSON.stringify({ title: 'Bad Request', detail: 'category "road" is not known here' });
  const sent = await answer(one.page, () => ({ status: 400, body: problem, contentType: 'application/problem+json' }));
  await fill(one.page);
  await one.page.locator('#send').click();
  await one.page.getByText('Bridge gone was refused: category "road" is not known here').waitFor();
  await one.page.reload({ waitUntil: 'load' });
  await one.page.getByText('Bridge gone was refused').waitFor();
  expect(sent.length).toBe(1);
  await one.page.getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => one.page.locator('#yours').isVisible()).toBe(false);
  await one.close();
});

test('the page opens from a bookmark without a network', async () => {
  const one = await visit(browser, '/report');
  await one.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await one.page.context().setOffline(true);
  await one.page.goto(`${BASE}/report`, { waitUntil: 'load' });
  await one.page.locator('select').first().selectOption('uk');
  await one.page.getByText('Повідомте, що ви бачите').waitFor();
  await one.page.getByRole('button', { name: 'Виберіть' }).or(one.page.locator('#map')).first().click();
  await one.page.locator('dialog canvas').waitFor();
  await picture(one.page, 'report-offline-map');
  await one.close();
});

test('the place is chosen on a map with a tap, and with the keyboard', async () => {
  const one = await visit(browser, '/report', PHONE);
  await one.page.locator('#map').tap();
  const canvas = one.page.locator('dialog canvas');
  await canvas.waitFor();
  await one.page.waitForTimeout(2_000);
  await picture(one.page, 'report-map-phone');
  const box = await canvas.boundingBox();
  await one.page.touchscreen.tap((box?.x ?? 0) + (box?.width ?? 0) / 2 + 40, (box?.y ?? 0) + (box?.height ?? 0) / 2);
  await one.page.keyboard.press('ArrowUp');
  await one.page.getByRole('button', { name: 'Use this place' }).tap();

  // From 20 E, 20 N at zoom 2: 1024 pixels are 360 degrees. East by 40 pixels, north by 64.
  const longitude = one.page.locator('input[name=lon]');
  await expect.poll(() => longitude.inputValue(), { timeout: 30_000 }).not.toBe('');
  expect(Number(await longitude.inputValue())).toBeCloseTo(20 + (40 * 360) / 1024, 1);
  expect(Number(await one.page.locator('input[name=lat]').inputValue())).toBeGreaterThan(35);
  await one.close();
});

test('the position is read only when it is asked for', async () => {
  const here = { latitude: 48.45, longitude: 35.05, accuracy: 12.4 };
  const one = await visit(browser, '/report', { permissions: ['geolocation'], geolocation: here });
  await one.page.locator('#gps').waitFor();
  expect(await one.page.locator('input[name=lat]').inputValue()).toBe('');
  await one.page.locator('#gps').click();
  await one.page.getByText('Position read, to within about 13 m.').waitFor();
  expect(await one.page.locator('input[name=lat]').inputValue()).toBe('48.45');
  await one.close();

  const denied = await visit(browser, '/report', { permissions: [] });
  await denied.page.locator('#gps').click();
  await denied.page.getByText('The position could not be read.').waitFor();
  await denied.close();
});

test.each([
  ['light', 'en'],
  ['dark', 'ar'],
] as const)('on a phone, %s, in %s, nothing is wider than the screen and every field has a name', async (colorScheme, locale) => {
  const one = await visit(browser, '/report', { ...PHONE, colorScheme, locale });
  await one.page.locator('#language select').waitFor();
  expect(await one.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  expect(await one.page.evaluate(() => document.documentElement.dir)).toBe(locale === 'ar' ? 'rtl' : 'ltr');
  const nameless = await one.page.evaluate(() =>
    [...document.querySelectorAll('input, select, textarea')]
      .filter(element => !(element as HTMLInputElement).labels?.length && !element.getAttribute('aria-label'))
      .map(element => element.outerHTML),
  );
  expect(nameless).toEqual([]);
  const folder = process.env['RELIEF_PICTURES'];
  if (folder) await one.page.screenshot({ path: `${folder}/report-phone-${colorScheme}-${locale}.png`, fullPage: true });
  expect(one.complaints).toEqual([]);
  await one.close();
});

test('it is a form without its script too', async () => {
  const one = await visit(browser, '/report', { javaScriptEnabled: false });
  const sent = await answer(one.page, () => ({ status: 201, body: '{}', contentType: 'application/json' }));
  await one.page.locator('input[name=lat]').fill('33.51');
  await one.page.locator('input[name=lon]').fill('36.29');
  await one.page.locator('input[name=title]').fill('Bridge gone');
  await one.page.locator('#send').click();
  await expect.poll(() => sent.length).toBe(1);
  expect(sent[0]?.headers()['content-type']).toMatch(/^multipart\/form-data/);
  await one.close();
});

test.skipIf(!PASSWORD)('without its script it is taken from who is signed in, too', async () => {
  const one = await visit(browser, '/report', { javaScriptEnabled: false });
  const signedIn = await one.page.request.post(`${BASE}/auth/login`, {
    data: { name: 'anna', password: PASSWORD },
    headers: { Origin: new URL(BASE).origin },
  });
  expect(signedIn.status()).toBe(200);
  await one.page.locator('input[name=lat]').fill('-33.51');
  await one.page.locator('input[name=lon]').fill('-36.29');
  await one.page.locator('input[name=title]').fill('Bridge gone');
  const answered = one.page.waitForResponse(given => new URL(given.url()).pathname.endsWith('/reports'));
  await one.page.locator('#send').click();
  expect((await answered).status()).toBe(201);
  await one.close();
});

test('first visits are small enough for a thin line', async () => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  let bytes = 0;
  page.on('requestfinished', request => void request.sizes().then(size => (bytes += size.responseBodySize)));
  await page.goto(`${BASE}/report`, { waitUntil: 'networkidle' });
  await page.waitForTimeout(500);
  console.log(`report page: ${bytes} bytes`);
  expect(bytes).toBeLessThan(16_000);
  await context.close();
});
