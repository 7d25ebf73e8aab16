import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { launch, middleOf, picture, visit, type Visit } from './chromium';

// Egypt: land all around.
const PLACE = 'map=5/26/29.5&l=';

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

const at = (hash: string, options = {}): Promise<Visit> => visit(browser, `/#${hash}`, options);
const open = async (page: Page): Promise<void> => page.getByRole('button', { name: 'Base map' }).click();
const hashOf = (page: Page): string => new URL(page.url()).hash;
const noComplaint = async (one: Visit): Promise<void> => {
  expect(one.complaints).toEqual([]);
  expect(one.foreign).toEqual([]);
  await one.close();
};
/** 0 to 255: how bright most of the middle is. */
async function brightness(one: Visit): Promise<number> {
  const light = (await middleOf(one, 200)).map(colour => ((colour >> 16) + ((colour >> 8) & 255) + (colour & 255)) / 3);
  return light.sort((a, b) => a - b)[Math.floor(light.length / 2)] ?? 0;
}

test('the base map of the server lies under the layers, with its names, and suits the theme', async () => {
  const day = await at(PLACE);
  await expect.poll(() => day.tiles.some(url => /ne-land\/.*\.mvt/.test(url)), { timeout: 20_000 }).toBe(true);
  await expect.poll(() => brightness(day), { timeout: 20_000 }).toBeGreaterThan(200);
  await day.page.locator('.credits').getByText('Natural Earth').waitFor();
  await picture(day.page, 'base-day');
  await noComplaint(day);

  const night = await at(PLACE, { colorScheme: 'dark' });
  await expect.poll(() => brightness(night), { timeout: 20_000 }).toBeLessThan(60);
  await picture(night.page, 'base-dark');
  await noComplaint(night);
});

test('names on the map are letters of the server, in the language of the page', async () => {
  const asked: string[] = [];
  const one = await at('l=');
  one.page.on('request', request => {
    if (request.url().includes('/fonts/')) asked.push(decodeURIComponent(request.url()));
  });
  await one.page.goto(one.page.url().replace(/#.*/, '') + '?ar#map=5/26/29.5&l=&lang=ar', { waitUntil: 'load' });

  // Arabic letters lie from U+0600 on; what is joined, from U+FE70 on.
  await expect.poll(() => asked.some(url => /\/(1536-1791|65024-65279)\.pbf/.test(url)), { timeout: 30_000 }).toBe(true);
  await one.page.waitForTimeout(2_000);
  await picture(one.page, 'base-arabic');
  await noComplaint(one);
});

test('another base map is chosen by its picture, drawn, kept in the address and for the next visit', async () => {
  const one = await at(PLACE);
  await open(one.page);
  const panel = one.page.locator('.base-panel');
  await expect.poll(() => panel.locator('img').first().evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 30_000 }).toBeGreaterThan(0);

  await panel.getByRole('radio', { name: 'Night' }).check();

  await expect.poll(() => hashOf(one.page)).toContain('base=base-night');
  await expect.poll(() => brightness(one), { timeout: 20_000 }).toBeLessThan(60);
  await picture(one.page, 'base-chooser');
  await one.page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  await one.page.goto(one.page.url().replace(/#.*/, `?again#${PLACE}`), { waitUntil: 'load' });
  await expect.poll(() => hashOf(one.page), { timeout: 20_000 }).toContain('base=base-night');
  await noComplaint(one);
});

test('how near the base map may be trusted is said by its choice, and on the map where it is nearer', async () => {
  const far = await at(PLACE);
  await far.page.locator('.credits').getByText('Natural Earth').waitFor();
  expect(await far.page.locator('.credits').innerText()).not.toContain('zoom 8');
  await open(far.page);
  expect(await far.page.locator('.base-panel').innerText()).toContain('for overview up to zoom 8');
  await noComplaint(far);

  const near = await at('map=10/26/29.5&l=');
  await near.page.locator('.credits').getByText('for overview up to zoom 8').waitFor();
  await picture(near.page, 'base-near');
  await noComplaint(near);
});

test('keys choose a base map', async () => {
  const one = await at(PLACE);
  await one.page.getByRole('button', { name: 'Base map' }).press('Enter');
  await one.page.locator('.base-panel input[type=radio]').nth(2).waitFor({ state: 'attached' });

  await one.page.keyboard.press('ArrowDown');

  await expect.poll(() => hashOf(one.page)).toContain('base=outline');
  await noComplaint(one);
});

test('on a thin line the server draws the base map and the features, and less is loaded', async () => {
  const one = await at(`map=12/34.03/36.05&l=camps`);
  await expect.poll(() => one.tiles.some(url => url.includes('.mvt')), { timeout: 20_000 }).toBe(true);
  await open(one.page);

  await one.page.getByLabel('Light on data').check();

  await expect.poll(() => one.tiles.some(url => /\/tiles\/camps\/.*\.webp/.test(url)), { timeout: 20_000 }).toBe(true);
  // Until the pictures are there, the features are what is shown.
  await one.page.waitForTimeout(1_500);
  const before = one.tiles.length;
  await one.page.keyboard.press('Escape');
  await one.page.getByRole('button', { name: 'Zoom out' }).click();
  await expect.poll(() => one.tiles.length, { timeout: 20_000 }).toBeGreaterThan(before);
  expect(one.tiles.slice(before).filter(url => url.includes('.mvt'))).toEqual([]);
  await noComplaint(one);
});

test('a layer that is chosen while the base map is dark lies above it and below its names', async () => {
  const one = await at('map=12/34.03/36.05&l=camps&base=base-dark');
  await expect.poll(() => one.tiles.some(url => url.includes('/tiles/camps/')), { timeout: 20_000 }).toBe(true);
  await expect.poll(() => brightness(one), { timeout: 20_000 }).toBeLessThan(120);
  await picture(one.page, 'base-under-features');
  await noComplaint(one);
});
