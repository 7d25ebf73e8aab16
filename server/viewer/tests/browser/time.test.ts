// The layers of SERIES in run.mjs, seen through the bar of time.

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { cameraOn, launch, middleOf, picture, rasterLayers, visit, type Layer, type Visit } from './chromium';

const FIRST = '1985-08-01';
const SECOND = '2016-08-01';
const LAST = '2020-08-01T15:10:00Z';
const SLOW = { timeout: 20_000 };
const MANY_PICTURES_MS = 240_000; // each takes seconds where there is no graphics card

let browser: Browser;
let camera: string;

beforeAll(async () => {
  browser = await launch();
  const layers = await rasterLayers();
  const series = layers.find(layer => layer.id === 'time-series');
  expect(series, 'the layer time-series').toBeDefined();
  camera = cameraOn(series as Layer);
});

afterEach(() => Promise.all(browser.contexts().map(context => context.close())));

afterAll(() => browser?.close());

const at = (hash: string, options = {}): Promise<Visit> => visit(browser, `/#${camera}&${hash}`, options);
const knob = (page: Page) => page.locator('.time-bar').getByRole('slider');
const bar = (page: Page) => page.locator('.time-bar');
const cardOf = (page: Page, key: string) => page.locator(`.card[data-key="${key}"] .age`);
const hashOf = (page: Page): string => new URL(page.url()).hash;
const timeOf = (url: string): string | null => new URL(url).searchParams.get('time');
const drawn = (page: Page): Promise<void> => bar(page).and(page.locator('[aria-busy=false]')).waitFor();

/** Tiles of a day stay away until what is returned is called. */
async function holdTiles(page: Page, day: string): Promise<() => void> {
  let letGo = (): void => undefined;
  const held = new Promise<void>(resolve => (letGo = resolve));
  await page.route(url => url.pathname.endsWith('.png') && url.search.includes(day), async route => {
    await held;
    await route.continue();
  });
  return () => letGo();
}

async function wellEnded(one: Visit): Promise<void> {
  expect(one.complaints).toEqual([]);
  expect(one.foreign).toEqual([]);
  await one.close();
}

test('only a layer with several observations has a bar of time', async () => {
  const one = await at('l=pucallpa_landsat_2020');
  await cardOf(one.page, 'pucallpa_landsat_2020').waitFor();
  expect(await bar(one.page).isVisible()).toBe(false);

  await one.page.getByRole('button', { name: 'Add time-series to the map' }).click();

  await bar(one.page).waitFor();
  expect(await knob(one.page).getAttribute('aria-valuetext')).toBe('1 Aug 2020, 15:10');
  expect(await one.page.locator('.time-ends').innerText()).toContain('1 Aug 1985');
  await wellEnded(one);
});

test('keys lead from observation to observation, into the tiles, the list and the address', async () => {
  const one = await at('l=time-series');
  await knob(one.page).waitFor();
  expect(hashOf(one.page)).not.toContain('time=');

  await knob(one.page).press('ArrowLeft');
  await expect.poll(() => one.tiles.some(url => timeOf(url) === SECOND), SLOW).toBe(true);
  expect(await knob(one.page).getAttribute('aria-valuetext')).toBe('1 Aug 2016');
  await knob(one.page).press('Home');

  await expect.poll(() => one.tiles.some(url => timeOf(url) === FIRST), SLOW).toBe(true);
  await expect.poll(() => hashOf(one.page), SLOW).toContain(`time=${FIRST}`);
  expect(await cardOf(one.page, 'time-series').innerText()).toMatch(/^1 Aug 1985 \(\d+ years ago\)$/);
  expect(await knob(one.page).getAttribute('aria-valuenow')).toBe('1');
  await one.page.getByRole('button', { name: 'Newest' }).click();
  await expect.poll(() => hashOf(one.page), SLOW).not.toContain('time=');
  await wellEnded(one);
});

test('ticks stand at their true distance, and the knob is dragged to the nearest', async () => {
  const one = await at(`l=time-series&time=${FIRST}`);
  await knob(one.page).waitFor();
  const line = await one.page.locator('.time-line').boundingBox();
  if (!line) throw new Error('the line is not on the screen');

  await one.page.mouse.move(line.x, line.y + line.height / 2);
  await one.page.mouse.down();
  await one.page.mouse.move(line.x + line.width * 0.8, line.y + line.height / 2, { steps: 5 });
  expect(await bar(one.page).locator('strong').innerText()).toBe('1 Aug 2016');
  await one.page.mouse.up();

  await expect.poll(() => hashOf(one.page), SLOW).toContain(`time=${SECOND}`);
  const centre = await knob(one.page).boundingBox();
  // 31 of 35 years: 0.886.
  expect(((centre?.x ?? 0) + 12 - line.x) / line.width).toBeCloseTo(0.886, 2);
  await wellEnded(one);
});

test('a shared moment shows each layer as of then: what is older says so, what did not exist is hatched', async () => {
  const one = await at('l=time-late&l=time-series&time=2017');
  await expect.poll(() => cardOf(one.page, 'time-late').innerText(), SLOW).toBe('No observation at this time');

  await expect.poll(() => cardOf(one.page, 'time-series').innerText(), SLOW).toMatch(/^1 Aug 2016 .* · 5 months before the chosen time$/);
  await one.page.locator('.legend').getByText('Not observed').waitFor();
  expect(one.tiles.some(url => url.includes('/time-late/'))).toBe(false);
  await drawn(one.page);
  await picture(one.page, 'time-unobserved');
  await wellEnded(one);
});

test('"not observed" is hatched, "observed, nothing" is not', async () => {
  const unobserved = await at('l=time-late&time=1990&base=outline');
  await unobserved.page.locator('.legend').getByText('Not observed').waitFor();
  const nothing = await at('l=time-late;q.expression=b1/(b1-b1)&time=2019&base=outline');
  await expect.poll(() => nothing.tiles.length, SLOW).toBeGreaterThan(0);
  await drawn(nothing.page);
  const colours = async (one: Visit): Promise<number> => new Set(await middleOf(one)).size;

  await expect.poll(() => colours(unobserved), SLOW).toBeGreaterThan(1);
  expect(await colours(nothing)).toBe(1);
  expect(await nothing.page.locator('.legend').getByText('Not observed').count()).toBe(0);
  await wellEnded(unobserved);
  await wellEnded(nothing);
}, MANY_PICTURES_MS);

test('a time of its own that means no observation is "not observed" too, as the server tells', async () => {
  const one = await at('l=time-late;q.time=1990&l=time-series;q.time=2016');

  await expect.poll(() => cardOf(one.page, 'time-late').innerText(), SLOW).toBe('No observation at this time');
  await expect.poll(() => cardOf(one.page, 'time-series').innerText(), SLOW).toContain('1 Aug 2016 (');
  expect(await bar(one.page).isVisible()).toBe(false);
  await wellEnded(one);
});

test('playing waits for the next picture, and keeps the one before until it is whole', async () => {
  const one = await at(`l=time-series&time=${SECOND}`);
  await expect.poll(() => one.tiles.length, SLOW).toBeGreaterThan(0);
  await drawn(one.page);
  const before = await middleOf(one);
  const letLast = await holdTiles(one.page, '2020-08-01');
  const letFirst = await holdTiles(one.page, '1985-08-01');

  await knob(one.page).press(' ');
  await expect.poll(() => one.tiles.some(url => timeOf(url) === LAST), SLOW).toBe(true);
  await one.page.waitForTimeout(3_000);

  expect(await knob(one.page).getAttribute('aria-valuetext')).toBe('1 Aug 2016');
  expect(await middleOf(one)).toEqual(before);
  letLast();
  await expect.poll(() => knob(one.page).getAttribute('aria-valuetext'), SLOW).toBe('1 Aug 2020, 15:10');
  expect(await middleOf(one)).not.toEqual(before);
  letFirst();
  await expect.poll(() => knob(one.page).getAttribute('aria-valuetext'), SLOW).toBe('1 Aug 1985');
  await bar(one.page).getByRole('button', { name: 'Pause' }).click();
  await bar(one.page).getByRole('button', { name: 'Play' }).waitFor();
  await wellEnded(one);
}, MANY_PICTURES_MS);

test('while it plays, the ground never shows through', async () => {
  const one = await at(`l=time-series&time=${FIRST}`);
  await expect.poll(() => one.tiles.length, SLOW).toBeGreaterThan(0);
  await drawn(one.page);
  await one.page.locator('select[name=speed]').selectOption('2');

  await bar(one.page).getByRole('button', { name: 'Play' }).click();
  const shown: number[] = [];
  for (let i = 0; i < 6; i++) shown.push(new Set(await middleOf(one)).size);

  // One colour alone is the ground; a Landsat picture has many.
  expect(Math.min(...shown)).toBeGreaterThan(50);
  await wellEnded(one);
}, MANY_PICTURES_MS);

test('a map at rest is not drawn again', async () => {
  const one = await at(`l=time-late&l=time-series&time=${SECOND}`);
  await expect.poll(() => one.tiles.length, SLOW).toBeGreaterThan(0);
  await drawn(one.page);
  await one.page.waitForTimeout(2_000);

  const frames = await one.page.evaluate(async () => {
    let asked = 0;
    const ask = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = run => {
      asked++;
      return ask(run);
    };
    await new Promise(resolve => setTimeout(resolve, 2_000));
    return asked;
  });

  // The catalogue may have been asked for meanwhile; a map in motion asks for some sixty a second.
  expect(frames).toBeLessThan(5);
  await wellEnded(one);
});

test('two moments of one layer are compared: a copy keeps its own time, the other follows the bar', async () => {
  const one = await at(`l=time-series;s=after&l=time-series;s=before;q.time=${FIRST}&swipe=50`);
  await knob(one.page).waitFor();
  await one.page.locator('#above canvas').waitFor();

  await knob(one.page).press('ArrowLeft');

  await expect.poll(() => cardOf(one.page, 'time-series').innerText(), SLOW).toContain('1 Aug 2016');
  expect(await cardOf(one.page, 'time-series.2').innerText()).toContain('1 Aug 1985');
  await drawn(one.page);
  await picture(one.page, 'time-compare');
  await wellEnded(one);
});

test('a value is that of the moment shown', async () => {
  const one = await at(`l=time-late&l=time-series&time=${LAST}`);
  await drawn(one.page);
  await one.page.locator('#ground canvas').click();
  const values = one.page.locator('.values');
  await values.locator('tr').first().waitFor();
  const last = await values.innerText();

  await knob(one.page).press('Home');

  await expect.poll(() => values.innerText(), SLOW).toContain('No observation at this time');
  await expect.poll(() => values.innerText(), SLOW).not.toBe(last);
  await wellEnded(one);
});

test('on a phone every part of the bar is large enough for a finger, and nothing is wider than the screen', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const one = await at(`l=time-series&l=time-late&time=${SECOND}`, { ...phone, deviceScaleFactor: 2 });
  await knob(one.page).waitFor();

  for (const target of await one.page.locator('.time-bar button, .time-bar select, .time-track').all()) {
    const box = await target.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), await target.innerHTML()).toBeGreaterThanOrEqual(44);
  }
  expect(await one.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await drawn(one.page);
  await picture(one.page, 'time-phone');
  await wellEnded(one);
});

test('where the page runs from right to left, so does time', async () => {
  const one = await at(`l=time-series&l=time-late&time=${SECOND}`, { locale: 'ar' });
  await knob(one.page).waitFor();
  const line = await one.page.locator('.time-line').boundingBox();

  await knob(one.page).press('ArrowLeft');
  await expect.poll(() => knob(one.page).getAttribute('aria-valuenow'), SLOW).toBe('3');
  await knob(one.page).press('End');

  const newest = await knob(one.page).boundingBox();
  expect(newest?.x ?? 0).toBeLessThan((line?.x ?? 0) + 12);
  await drawn(one.page);
  await picture(one.page, 'time-arabic');
  await wellEnded(one);
});

test.each(['light', 'dark'] as const)('the bar is drawn when it is %s', async colorScheme => {
  const one = await at(`l=time-late&l=time-series&time=2018-08-01`, { colorScheme });
  await knob(one.page).waitFor();
  await drawn(one.page);

  const names = await bar(one.page).getByRole('button').evaluateAll(all => all.map(a => a.getAttribute('aria-label') ?? a.textContent));

  expect(names).toEqual(['Previous observation', 'Play', 'Next observation', 'Newest']);
  await picture(one.page, `time-${colorScheme}`);
  await wellEnded(one);
});
