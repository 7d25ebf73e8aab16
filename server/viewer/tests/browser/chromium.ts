// A browser on the page of a running server, and a record of everything it complained about or asked for.

import { mkdirSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

export const BASE = (process.env['RELIEF_BASE'] ?? '').replace(/\/$/, '');

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--ignore-gpu-blocklist',
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Visit {
  page: Page;
  /** Console errors, exceptions, failed requests, answers from 400 on. */
  complaints: string[];
  /** Addresses of other servers. */
  foreign: string[];
  /** Addresses of tiles, in the order asked. */
  tiles: string[];
  close(): Promise<void>;
}

function record(page: Page, visit: Omit<Visit, 'page' | 'close'>): void {
  page.on('console', message => {
    // Drawing without a graphics card is slow, and Chromium says so.
    const slow = /GPU stall|WebGL.*(deprecat|software)/i.test(message.text());
    if (message.type() === 'error' && !slow) visit.complaints.push(message.text());
  });
  page.on('pageerror', error => visit.complaints.push(String(error)));
  page.on('requestfailed', request => {
    const reason = request.failure()?.errorText ?? '';
    // The map gives up tiles that are no longer wanted.
    if (!reason.includes('ERR_ABORTED')) visit.complaints.push(`${request.url()} ${reason}`);
  });
  page.on('response', answer => {
    if (answer.status() >= 400) visit.complaints.push(`${answer.status()} ${answer.url()}`);
  });
  page.on('request', request => {
    const url = new URL(request.url());
    if (/^(http|ws)/.test(url.protocol) && url.origin !== new URL(BASE).origin) visit.foreign.push(url.href);
    if (/\/tiles\/[^/]+\/\d+\/\d+\/\d+/.test(url.pathname)) visit.tiles.push(url.href);
  });
}

export async function visit(
  browser: Browser,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const seen = { complaints: [], foreign: [], tiles: [] };
  record(page, seen);
  await page.goto(BASE + path, { waitUntil: 'load' });
  return { page, ...seen, close: () => context.close() };
}

export interface Layer {
  id: string;
  title: string;
  bounds: [number, number, number, number];
  minzoom: number;
  maxzoom: number;
}

export async function rasterLayers(): Promise<Layer[]> {
  const answer = await fetch(`${BASE}/layers`);
  const { layers } = (await answer.json()) as { layers: (Layer & { kind: string })[] };
  return layers.filter(layer => layer.kind === 'raster' || layer.kind === 'mosaic');
}

/** The middle of a layer as the address of a map that shows all of it. */
export function cameraOn({ bounds: [west, south, east, north] }: Layer): string {
  const width = Math.max(east - west, (north - south) * 1.5);
  const zoom = Math.max(0, Math.log2(360 / width) + 0.3);
  return `map=${zoom.toFixed(2)}/${((south + north) / 2).toFixed(5)}/${((west + east) / 2).toFixed(5)}`;
}

/** Keeps a picture of the page where the caller of the tests asked for pictures. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['RELIEF_PICTURES'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png` });
}

/** The colours, as numbers, of a square in the middle of the map. */
export async function middleOf({ page }: Visit, side = 60): Promise<number[]> {
  const box = await page.locator('#map-place').boundingBox();
  if (!box) throw new Error('the map is not on the screen');
  const clip = { x: box.x + (box.width - side) / 2, y: box.y + (box.height - side) / 2, width: side, height: side };
  const bytes = await page.screenshot({ clip });
  // A page of its own: the viewer's must not know of it.
  const reader = page.context().pages().find(one => one !== page) ?? (await page.context().newPage());
  return reader.evaluate(async picture => {
    const answer = await fetch(`data:image/png;base64,${picture}`);
    const bitmap = await createImageBitmap(await answer.blob());
    const paper = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    paper?.drawImage(bitmap, 0, 0);
    const pixels = paper?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
    const found: number[] = [];
    for (let i = 0; i + 2 < pixels.length; i += 4) {
      found.push(((pixels[i] ?? 0) << 16) | ((pixels[i + 1] ?? 0) << 8) | (pixels[i + 2] ?? 0));
    }
    return found;
  }, bytes.toString('base64'));
}
