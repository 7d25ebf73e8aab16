import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { BASE, launch, middleOf, picture, visit, type Visit } from './chromium';

// tests/data/camps.geojson: an area, another, a line, a point.
const CAMP = 'map=14/34.015/36.02';
const ALL = 'map=12/34.03/36.05';
const STATE = 'q.style=camps-by-name';

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

const at = (hash: string, options = {}): Promise<Visit> => visit(browser, `/#${hash}`, options);
const card = (page: Page) => page.locator('.card').first();
const values = (page: Page) => page.locator('.values');
const hashOf = (page: Page): string => new URL(page.url()).hash;
const noComplaint = async (one: Visit): Promise<void> => {
  expect(one.complaints).toEqual([]);
  expect(one.foreign).toEqual([]);
  await one.close();
};
/** How many squares of the middle have this colour, within what blending makes of it. */
async function shareOf(one: Visit, wanted: number, tolerance = 24): Promise<number> {
  const colours = await middleOf(one);
  const near = (colour: number): boolean =>
    [16, 8, 0].every(bits => Math.abs(((colour >> bits) & 255) - ((wanted >> bits) & 255)) <= tolerance);
  return colours.filter(near).length / colours.length;
}

test('features are drawn here from vector tiles, with a legend that tells areas, lines and points apart', async () => {
  const one = await at(`${ALL}&l=camps&base=outline`);

  await expect.poll(() => one.tiles.some(url => /\/tiles\/camps\/\d+\/\d+\/\d+\.mvt/.test(url)), { timeout: 20_000 }).toBe(true);
  await expect.poll(() => one.page.locator('.legend .swatch').count()).toBe(3);
  for (const shape of ['area', 'line', 'point']) expect(await one.page.locator(`.legend .swatch.${shape}`).count()).toBe(1);
  expect(await one.page.locator('.legend').innerText()).toContain('Areas');
  await noComplaint(one);
});

test('a click tells the attributes of a feature as text, readable, and lifts it out on the map', async () => {
  const one = await at(`${CAMP}&l=camps&base=outline`);
  await expect.poll(() => one.tiles.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await one.page.waitForTimeout(1_500);

  await one.page.locator('#ground canvas').click();

  const found = values(one.page);
  await found.locator('.attributes').first().waitFor();
  const text = await found.innerText();
  expect(text).toContain('North camp');
  expect(text).toContain('12,500'); // people are counted
  expect(text).toContain('20190101'); // a code is not
  expect(text).toContain('1 Mar 2019');
  expect(text).toContain('<img src=x onerror=alert(1)> & "quoted"');
  expect(text).not.toContain('empty');
  const link = found.locator('a');
  expect(await link.getAttribute('href')).toBe('https://camps.example/north');
  expect(await link.getAttribute('rel')).toContain('noreferrer');
  await picture(one.page, 'features-click');
  await noComplaint(one);
});

test('in Arabic a feature is called by its Arabic name, from right to left', async () => {
  const one = await at(`${CAMP}&l=camps&lang=ar&base=outline`);
  await expect.poll(() => one.tiles.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await one.page.waitForTimeout(1_500);

  await one.page.locator('#ground canvas').click();

  const name = values(one.page).locator('.feature summary bdi').first();
  await name.waitFor();
  expect(await name.innerText()).toBe('المخيم الشمالي');
  expect(await one.page.evaluate(() => document.documentElement.dir)).toBe('rtl');
  expect(await name.evaluate(element => getComputedStyle(element).direction)).toBe('rtl');
  await picture(one.page, 'features-arabic');
  await noComplaint(one);
});

test('a style of the server is chosen, drawn in its colours, told by the legend and kept in the address', async () => {
  const one = await at(`${CAMP}&l=camps&base=outline`);
  await card(one.page).locator('summary', { hasText: 'Style' }).click();

  await card(one.page).locator('select[name=style]').selectOption({ label: 'Camps by name' });

  await expect.poll(() => hashOf(one.page)).toContain(STATE);
  await expect.poll(() => one.page.locator('.legend').innerText(), { timeout: 20_000 }).toContain('North camp');
  const words = one.page.locator('.legend li', { hasText: 'Name of a camp' }).locator('img.drawn');
  expect(await words.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([48, 36]);
  // #117733 over the ground, 54 parts of 100.
  await expect.poll(() => shareOf(one, 0x79af88, 30), { timeout: 20_000 }).toBeGreaterThan(0.5);
  await picture(one.page, 'features-style');
  await noComplaint(one);
});

test('opacity makes features as transparent as pictures', async () => {
  const one = await at(`${CAMP}&l=camps;${STATE}&base=outline`);
  await expect.poll(() => shareOf(one, 0x79af88, 30), { timeout: 20_000 }).toBeGreaterThan(0.5);

  await card(one.page).getByRole('slider').fill('0');

  await expect.poll(() => shareOf(one, 0xf3f2ec, 6), { timeout: 20_000 }).toBeGreaterThan(0.9);
  await noComplaint(one);
});

test('a filter reaches the tiles, the click and the address; one that makes no sense is refused in words', async () => {
  const one = await at(`${CAMP}&l=camps&base=outline`);
  await card(one.page).locator('summary', { hasText: 'Style' }).click();
  const filter = card(one.page).locator('input[name=filter]');

  await filter.fill('people < 1000');
  await filter.press('Enter');

  await expect.poll(() => one.tiles.some(url => new URL(url).searchParams.get('filter') === 'people < 1000'), { timeout: 20_000 }).toBe(true);
  await expect.poll(() => decodeURIComponent(hashOf(one.page))).toContain('q.filter=people < 1000');
  await one.page.locator('#ground canvas').click();
  await values(one.page).getByText('No feature at this place').waitFor();
  expect(one.complaints).toEqual([]);

  await filter.fill('folk > 3');
  await filter.press('Enter');
  await card(one.page).getByText('could not be drawn').waitFor();
  expect(await card(one.page).locator('> .refusal').innerText()).toContain('folk');
  expect(one.tiles.some(url => url.includes('folk'))).toBe(false);
  await one.close();
});

test('features are compared with a divider like pictures', async () => {
  const one = await at(`${CAMP}&l=camps;s=after&base=outline&swipe=90`);
  await one.page.locator('#above canvas').waitFor();
  await expect.poll(() => one.tiles.some(url => url.includes('/tiles/camps/')), { timeout: 20_000 }).toBe(true);

  // The middle is "before": nothing of the layer.
  await expect.poll(() => shareOf(one, 0xf3f2ec, 6), { timeout: 20_000 }).toBeGreaterThan(0.9);
  await noComplaint(one);
});

test('every layer of features has a small picture in the list', async () => {
  const one = await at('l=');
  const offer = one.page.locator('.offer', { hasText: 'camps' }).first();
  await offer.scrollIntoViewIfNeeded();

  await expect.poll(() => offer.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 20_000 }).toBeGreaterThan(0);
  await noComplaint(one);
});

test('what a bad line loses is asked for again, and the page says what goes on', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', reducedMotion: 'reduce' });
  const page = await context.newPage();
  let lost = 0;
  await page.route(/\/tiles\/camps\/\d+\/.*\.mvt/, route => (lost++ < 4 ? route.abort('connectionreset') : route.continue()));
  await page.goto(`${BASE}/#${CAMP}&l=camps&base=outline`, { waitUntil: 'load' });

  await card(page).getByText('The server does not answer').waitFor({ timeout: 20_000 });
  await card(page).getByText('The server does not answer').waitFor({ state: 'hidden', timeout: 30_000 });

  const one = { page } as Visit;
  await expect.poll(() => shareOf(one, 0xb5c9d8, 30), { timeout: 20_000 }).toBeGreaterThan(0.5);
  await context.close();
});
