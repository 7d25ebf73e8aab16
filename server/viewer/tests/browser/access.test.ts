import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { cameraOn, launch, picture, rasterLayers, visit, type Layer } from './chromium';

let browser: Browser;
let layer: Layer;
let everything: string;

beforeAll(async () => {
  browser = await launch();
  const layers = await rasterLayers();
  expect(layers.length).toBeGreaterThanOrEqual(2);
  layer = layers[0] as Layer;
  everything = `/#${cameraOn(layer)}&${layers.slice(0, 2).map(one => `l=${one.id}`).join('&')}`;
});

afterAll(() => browser?.close());

test('everything is reached and worked with the keyboard alone', async () => {
  const one = await visit(browser, `/#${cameraOn(layer)}&l=${layer.id}`);
  const { keyboard } = one.page;
  const focused = (): Promise<string> =>
    one.page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
  await one.page.locator('.card').first().waitFor();
  const reached: string[] = [];

  for (let i = 0; i < 80 && !reached.includes('Copy link to this view'); i++) {
    await keyboard.press('Tab');
    reached.push(await focused());
  }

  const title = layer.title || layer.id;
  const wanted = ['Skip to the map', `Hide ${title}`, `Opacity of ${title}`, 'Style', 'Language', 'Zoom in'];
  expect(reached).toEqual(expect.arrayContaining(wanted));
  expect(one.complaints).toEqual([]);
  await one.close();
});

test('the values in the middle of the map are read with Enter and put away with Escape', async () => {
  const one = await visit(browser, `/#${cameraOn(layer)}&l=${layer.id}`);
  await one.page.locator('.card').first().waitFor();

  await one.page.keyboard.press('Tab');
  await one.page.keyboard.press('Enter');
  await one.page.keyboard.press('Enter');
  await one.page.locator('.values tr').first().waitFor();
  await one.page.keyboard.press('Escape');

  await one.page.locator('.values').waitFor({ state: 'hidden' });
  expect(one.complaints).toEqual([]);
  await one.close();
});

test('every button, field and picture has a name', async () => {
  const one = await visit(browser, everything);
  await one.page.locator('.card').nth(1).waitFor();
  for (const fold of await one.page.locator('.fold summary').all()) await fold.click();

  const nameless = await one.page.evaluate(() =>
    [...document.querySelectorAll('button, select, input, img, [role=slider]')]
      .filter(element => {
        const field = element as HTMLInputElement;
        const text = element.getAttribute('aria-label') ?? element.textContent?.trim();
        return !text && !field.labels?.length && !element.hasAttribute('alt');
      })
      .map(element => element.outerHTML.slice(0, 120)),
  );

  expect(nameless).toEqual([]);
  await one.close();
});

test.each(['light', 'dark'] as const)('text has a contrast of 4.5 to 1 when it is %s', async colorScheme => {
  const one = await visit(browser, everything, { colorScheme });
  await one.page.locator('.card').nth(1).waitFor();
  await one.page.waitForTimeout(3_000);
  await picture(one.page, `desktop-${colorScheme}-two`);

  const poor = await one.page.evaluate(() => {
    const numbers = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
    // WCAG 2.2, relative luminance and contrast ratio.
    const luminance = (colour: string): number => {
      const [r = 0, g = 0, b = 0] = numbers(colour).map(value => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element: Element): string => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const colour = getComputedStyle(at).backgroundColor;
        if ((numbers(colour)[3] ?? 1) > 0.99) return colour;
      }
      return 'rgb(255, 255, 255)';
    };
    return [...document.querySelectorAll('.panel *, .legend *, .map-buttons *, .time-bar *')]
      .filter(one => one.checkVisibility() && [...one.childNodes].some(node => node.nodeType === 3))
      .flatMap(one => {
        const pair = [luminance(getComputedStyle(one).color), luminance(ground(one))];
        const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
        return ratio < 4.5 ? [`${one.className} "${one.textContent}" ${ratio.toFixed(2)}`] : [];
      });
  });

  expect(poor).toEqual([]);
  await one.close();
});

test('on a phone the list lies below the map, nothing is wider than the screen, and it can be put away', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const one = await visit(browser, everything, { ...phone, deviceScaleFactor: 2 });
  await one.page.locator('.card').nth(1).waitFor();
  const height = async (): Promise<number> =>
    (await one.page.locator('#map-place').boundingBox())?.height ?? 0;
  const small = await height();

  await expect.poll(() => one.tiles.some(url => url.includes('@2x')), { timeout: 20_000 }).toBe(true);
  await picture(one.page, 'phone');
  await one.page.getByRole('button', { name: 'Hide the list' }).tap();

  await expect.poll(height).toBeGreaterThan(small + 200);
  expect(await one.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(one.complaints).toEqual([]);
  await one.close();
});

test('Arabic readers get a page from right to left, with the map as it is', async () => {
  const one = await visit(browser, everything, { locale: 'ar' });
  await one.page.locator('.card').nth(1).waitFor();

  expect(await one.page.evaluate(() => document.documentElement.dir)).toBe('rtl');
  const panel = await one.page.locator('.panel').boundingBox();
  expect(panel?.x).toBeGreaterThan(600);
  await one.page.waitForTimeout(3_000);
  await picture(one.page, 'arabic');
  expect(one.complaints).toEqual([]);
  await one.close();
});

test('another language is spoken at once and remembered', async () => {
  const one = await visit(browser, '/#l=');
  await one.page.locator('select[name=language]').selectOption('uk');
  await one.page.getByText('Доступні шари').waitFor();

  await one.page.reload();

  await one.page.getByText('Доступні шари').waitFor();
  expect(await one.page.evaluate(() => document.documentElement.lang)).toBe('uk');
  expect(one.complaints).toEqual([]);
  await one.close();
});

test('dark is chosen against a light system', async () => {
  const one = await visit(browser, everything, { colorScheme: 'light' });
  await one.page.locator('select[name=theme]').selectOption('dark');

  const ground = await one.page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  expect(ground).toBe('rgb(22, 30, 38)');
  await one.page.waitForTimeout(1_500);
  await picture(one.page, 'desktop-dark');
  await one.close();
});
