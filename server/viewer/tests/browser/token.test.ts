// The layer GUARDED in run.mjs, which only the holder of a token may see.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { launch, picture, visit } from './chromium';

const TOKEN = process.env['RELIEF_TOKEN'] ?? '';
const VIEW = 'map=9.5/-8.4/-74.55&l=guarded';

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

test.skipIf(!TOKEN)('a link with a token opens a guarded layer, and the token leaves the address', async () => {
  const one = await visit(browser, `/#${VIEW}&token=${TOKEN}`);
  const card = one.page.locator('.card[data-key="guarded"]');

  await card.waitFor();
  await expect.poll(() => one.tiles.some(tile => tile.includes('/tiles/guarded/')), { timeout: 30_000 }).toBe(true);
  await one.page.waitForTimeout(2_000);
  await picture(one.page, 'guarded');

  expect(one.page.url()).not.toContain('token');
  expect(one.tiles.some(tile => tile.includes('guarded'))).toBe(true);
  expect(one.tiles.join()).not.toContain(TOKEN);
  expect(one.complaints).toEqual([]);
  await one.page.reload({ waitUntil: 'load' });
  await card.waitFor();
  expect(one.complaints).toEqual([]);
  await one.close();
});

test.skipIf(!TOKEN)('without the token it is not there, and one that opens nothing shows what all may see', async () => {
  const stranger = await visit(browser, '/');
  await stranger.page.locator('.card, .offer').first().waitFor();
  expect(await stranger.page.getByText('guarded').count()).toBe(0);
  await stranger.close();

  const late = await visit(browser, `/#token=${TOKEN}x`);
  await late.page.locator('.card, .offer').first().waitFor();
  expect(await late.page.getByText('guarded').count()).toBe(0);
  expect(late.complaints.every(words => words.includes('401'))).toBe(true);
  await late.close();
});
