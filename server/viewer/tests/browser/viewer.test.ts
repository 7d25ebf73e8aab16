import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { BASE, cameraOn, launch, picture, rasterLayers, visit, type Layer, type Visit } from './chromium';

let browser: Browser;
let layers: Layer[];
let first: Layer;
let second: Layer;
let open: Visit;

beforeAll(async () => {
  browser = await launch();
  layers = await rasterLayers();
  expect(layers.length, `raster layers at ${BASE}`).toBeGreaterThanOrEqual(2);
  [first, second] = layers as [Layer, Layer];
});

afterAll(() => browser?.close());

async function at(hash: string, options = {}): Promise<Visit> {
  open = await visit(browser, `/#${hash}`, options);
  return open;
}

const cards = (page: Visit['page']) => page.locator('.card');
const keysOf = (page: Visit['page']) =>
  cards(page).evaluateAll(all => all.map(card => card.getAttribute('data-key')));
const bothLayers = (): string => `${cameraOn(first)}&l=${first.id}&l=${second.id}`;
const noComplaint = async (one: Visit): Promise<void> => {
  expect(one.complaints).toEqual([]);
  expect(one.foreign).toEqual([]);
  await one.close();
};

test('the page opens with layers on the map, complains of nothing and asks no other server', async () => {
  const one = await at('');

  await cards(one.page).first().waitFor();
  await expect.poll(() => one.tiles.length, { timeout: 30_000 }).toBeGreaterThan(0);
  await expect.poll(() => new URL(one.page.url()).hash, { timeout: 10_000 }).toContain('l=');
  await picture(one.page, 'desktop-light');
  await noComplaint(one);
});

test('every layer of the server is listed by its title', async () => {
  const one = await at('l=');

  await one.page.locator('.offer').first().waitFor();
  const titles = await one.page.locator('.offer-title').allTextContents();

  expect(titles).toEqual(expect.arrayContaining(layers.map(layer => layer.title || layer.id)));
  await noComplaint(one);
});

test('choosing a layer puts it on top of the map', async () => {
  const one = await at(`${cameraOn(first)}&l=${second.id}`);
  const title = first.title || first.id;

  await one.page.getByRole('button', { name: `Add ${title} to the map` }).first().click();

  await expect.poll(() => keysOf(one.page)).toEqual([first.id, second.id]);
  await expect.poll(() => one.tiles.some(url => url.includes(`/tiles/${first.id}/`)), { timeout: 20_000 }).toBe(true);
  await noComplaint(one);
});

test('opacity, visibility and order go into the address', async () => {
  const one = await at(bothLayers());
  await expect.poll(() => keysOf(one.page)).toEqual([first.id, second.id]);

  await cards(one.page).first().getByRole('slider').fill('40');
  await cards(one.page).nth(1).locator('.icon-button').first().click();
  await cards(one.page).first().locator('.handle').press('ArrowDown');

  await expect.poll(() => keysOf(one.page)).toEqual([second.id, first.id]);
  const wanted = `l=${second.id};hidden&l=${first.id};o=40`;
  await expect.poll(() => new URL(one.page.url()).hash).toContain(wanted);
  await noComplaint(one);
});

test('a layer is dragged to another place', async () => {
  const one = await at(bothLayers());
  await expect.poll(() => cards(one.page).count()).toBe(2);
  const from = await cards(one.page).first().locator('.handle').boundingBox();
  const to = await cards(one.page).nth(1).boundingBox();
  if (!from || !to) throw new Error('the cards are not on the screen');

  await one.page.mouse.move(from.x + 10, from.y + 10);
  await one.page.mouse.down();
  await one.page.mouse.move(from.x + 10, to.y + to.height - 10, { steps: 8 });
  await one.page.mouse.up();

  await expect.poll(() => keysOf(one.page)).toEqual([second.id, first.id]);
  await noComplaint(one);
});

test('a click tells the values of the visible layers at that place', async () => {
  const one = await at(`${cameraOn(first)}&l=${first.id}`);
  await expect.poll(() => one.tiles.length, { timeout: 20_000 }).toBeGreaterThan(0);

  await one.page.locator('#ground canvas').click();

  const values = one.page.locator('.values');
  await values.locator('tr').first().waitFor();
  expect(await values.innerText()).toContain('Values at ');
  expect(await values.locator('td').first().innerText()).not.toBe('');
  await noComplaint(one);
});

test('a formula and its colours reach the tiles, the legend and the address', async () => {
  const one = await at(`${cameraOn(first)}&l=${first.id}`);
  const card = cards(one.page).first();
  await card.getByText('Style', { exact: true }).click();

  await card.locator('select[name=view]').selectOption('formula');
  await card.locator('input[name=expression]').fill('b1*2');
  await card.locator('input[name=expression]').press('Enter');
  await card.locator('select[name=colormap]').selectOption('magma');
  await card.locator('input[name=low]').fill('0');
  await card.locator('input[name=high]').fill('500');
  await card.locator('input[name=high]').press('Enter');

  const words = { expression: 'b1*2', colormap: 'magma', rescale: '0,500' };
  const asked = (url: string): boolean =>
    Object.entries(words).every(([name, value]) => new URL(url).searchParams.get(name) === value);
  await expect.poll(() => one.tiles.some(asked), { timeout: 20_000 }).toBe(true);
  await expect.poll(() => new URL(one.page.url()).hash).toContain('q.colormap=magma');
  await expect.poll(() => one.page.locator('.legend .ticks').innerText()).toContain('500');
  await picture(one.page, 'desktop-style');
  await noComplaint(one);
});

test('half of a range stays in its field while the page goes on, until the other half is typed', async () => {
  const one = await at(`${cameraOn(first)}&l=${first.id}`);
  const card = cards(one.page).first();
  await card.getByText('Style', { exact: true }).click();

  await card.locator('input[name=low]').fill('7');
  await card.locator('input[name=high]').focus();
  await card.getByRole('slider').fill('40'); // every control is drawn again
  await expect.poll(() => new URL(one.page.url()).hash).toContain('o=40');
  expect(await card.locator('input[name=low]').inputValue()).toBe('7');

  await card.locator('input[name=high]').fill('900');
  await card.locator('input[name=high]').press('Enter');
  const asked = (url: string): boolean => new URL(url).searchParams.get('rescale') === '7,900';
  await expect.poll(() => one.tiles.some(asked), { timeout: 20_000 }).toBe(true);
});

test('a formula that makes no sense is refused in the words of the server, and the map stays', async () => {
  const one = await at(`${cameraOn(first)}&l=${first.id}`);
  const card = cards(one.page).first();
  await expect.poll(() => one.tiles.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await card.getByText('Style', { exact: true }).click();

  await card.locator('select[name=view]').selectOption('formula');
  await card.locator('input[name=expression]').fill('nonsense(b1)');
  await card.locator('input[name=expression]').press('Enter');

  await card.getByText('could not be drawn').waitFor();
  expect(await card.locator('> .refusal').innerText()).toContain('nonsense');
  expect(one.tiles.some(url => url.includes('nonsense'))).toBe(false);
  await one.close();
});

async function layerWith(algorithm: string): Promise<Layer> {
  for (const layer of layers) {
    const detail = (await (await fetch(`${BASE}/layers/${layer.id}`)).json()) as { algorithms?: string[] };
    if (detail.algorithms?.includes(algorithm)) return layer;
  }
  throw new Error(`no layer can be shown by ${algorithm}`);
}

test('an algorithm and its parameters reach the tiles, the legend and the address', async () => {
  const heights = await layerWith('slope');
  const one = await at(`${cameraOn(heights)}&l=${heights.id}`);
  const card = cards(one.page).first();
  await card.getByText('Style', { exact: true }).click();

  await card.locator('select[name=view]').selectOption('algorithm');
  await card.locator('select[name=algorithm]').selectOption('slope');
  await card.locator('select[name=parameter-unit]').selectOption('percent');

  const words = { algorithm: 'slope', algorithm_params: '{"unit":"percent"}' };
  const asked = (url: string): boolean =>
    Object.entries(words).every(([name, value]) => new URL(url).searchParams.get(name) === value);
  await expect.poll(() => one.tiles.some(asked), { timeout: 20_000 }).toBe(true);
  await expect.poll(() => new URL(one.page.url()).hash).toContain('q.algorithm=slope');
  await expect.poll(() => one.page.locator('.legend .unit').innerText()).toBe('%');
  await picture(one.page, 'desktop-algorithm');
  await noComplaint(one);
});

test('before and after are compared with a divider that keys move', async () => {
  const one = await at(bothLayers());
  await expect.poll(() => cards(one.page).count()).toBe(2);

  await one.page.getByRole('button', { name: 'Compare before and after' }).click();
  const knob = one.page.getByRole('slider', { name: 'Divider' });
  await knob.press('ArrowRight');
  await knob.press('ArrowRight');

  await expect.poll(() => knob.getAttribute('aria-valuenow')).toBe('54');
  await one.page.locator('#above canvas').waitFor();
  await expect.poll(() => new URL(one.page.url()).hash).toContain(`l=${first.id};s=after`);
  await one.page.waitForTimeout(2_000);
  await picture(one.page, 'desktop-compare');
  await one.page.getByRole('button', { name: 'Compare before and after' }).click();
  await one.page.locator('#above').waitFor({ state: 'hidden' });
  await noComplaint(one);
});

test('a shared address shows the same map', async () => {
  const hash = `${cameraOn(second)}&l=${second.id};o=30;s=before&l=${first.id};hidden&swipe=25`;
  const one = await at(hash);

  await expect.poll(() => keysOf(one.page)).toEqual([second.id, first.id]);
  await expect.poll(() => new URL(one.page.url()).hash).toContain(hash.split('&').slice(1).join('&'));
  expect(await cards(one.page).first().getByRole('slider').inputValue()).toBe('30');
  const knob = one.page.getByRole('slider', { name: 'Divider' });
  expect(await knob.getAttribute('aria-valuenow')).toBe('25');
  await noComplaint(one);
});
