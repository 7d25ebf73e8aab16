// What changes on the server is on an open map without a reload. Needs the program and workspace of run.mjs.

import { spawnSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { BASE, launch, visit } from './chromium';

const PROGRAM = process.env['RELIEF_PROGRAM'] ?? '';
const WORKSPACE = process.env['RELIEF_WORKSPACE'] ?? '';
const FILES = ['pucallpa_landsat_1985.tif', 'pucallpa_landsat_2020.tif'].map(name => new URL(`../../../../data/${name}`, import.meta.url).pathname);

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

function relief(...words: string[]): void {
  const { status, stderr } = spawnSync(PROGRAM, [...words, '--workspace', WORKSPACE], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
}

test.skipIf(!PROGRAM)('a new layer, its new content and its end are seen as they happen', async () => {
  const one = await visit(browser, '/#map=9/-8.4/-74.55&l=');
  await one.page.locator('.offer').first().waitFor();
  const heard = one.page.waitForResponse(answer => answer.url() === `${BASE}/events`);
  await one.page.reload({ waitUntil: 'load' });
  await heard;
  const asked: number[] = [];
  one.page.on('request', request => request.url().includes('/layers?') && asked.push(Date.now()));

  relief('add', FILES[0] ?? '', '--id', 'fresh');
  await one.page.locator('.offer', { hasText: 'fresh' }).waitFor({ timeout: 5_000 }); // not the next look at the list
  await one.page.locator('.offer', { hasText: 'fresh' }).click();
  await expect.poll(() => one.tiles.some(url => url.includes('/tiles/fresh/'))).toBe(true);
  const version = new URL(one.tiles.find(url => url.includes('/tiles/fresh/')) ?? '').searchParams.get('v');
  const versions = (): (string | null)[] => one.tiles.filter(url => url.includes('/tiles/fresh/')).map(url => new URL(url).searchParams.get('v'));

  relief('add', FILES[1] ?? '', '--id', 'fresh');
  await expect.poll(() => versions().some(now => now !== version), { timeout: 10_000 }).toBe(true);

  relief('remove', 'fresh');
  const known = async (): Promise<boolean> =>
    ((await (await fetch(`${BASE}/layers`)).json()) as { layers: { id: string }[] }).layers.some(({ id }) => id === 'fresh');
  await expect.poll(known).toBe(false);
  await one.page.waitForTimeout(1_000);
  const tiles = one.tiles.length;
  await one.page.locator('button[aria-label="Zoom in"]').click();
  await one.page.waitForTimeout(1_500);
  expect(one.tiles.slice(tiles).filter(url => url.includes('/tiles/fresh/'))).toEqual([]);
  expect(asked.length).toBeGreaterThanOrEqual(3);
  await one.close();
});

test('a page that nobody sees does not listen', async () => {
  const one = await visit(browser, '/#l=');
  const streams = async (): Promise<number> =>
    Number(/^relief_event_streams (\d+)/m.exec(await (await fetch(`${BASE}/metrics`)).text())?.[1]);
  await expect.poll(streams).toBe(1);

  await one.close();

  await expect.poll(streams).toBe(0);
});
