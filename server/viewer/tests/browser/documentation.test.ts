import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { BASE, launch, picture, visit } from './chromium';

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

test('the reference lists every address of the OpenAPI document, without asking another server', async () => {
  const answer = await fetch(`${BASE}/openapi.json`);
  const { paths } = (await answer.json()) as { paths: Record<string, object> };

  const one = await visit(browser, '/docs');
  await one.page.locator('.opblock').first().waitFor();
  const shown = await one.page.locator('.opblock-summary-path').evaluateAll(all => all.map(a => a.getAttribute('data-path')));

  expect(new Set(shown)).toEqual(new Set(Object.keys(paths)));
  await picture(one.page, 'reference');
  expect(one.complaints).toEqual([]);
  expect(one.foreign).toEqual([]);
  await one.close();
});

test('every guide opens from the list of guides', async () => {
  const one = await visit(browser, '/docs');
  const links = await one.page.locator('.guides li a').evaluateAll(all => all.map(a => (a as HTMLAnchorElement).href));
  expect(links.length).toBeGreaterThan(5);

  for (const link of links) {
    await one.page.goto(link);
    expect(await one.page.locator('h1').first().innerText(), link).not.toBe('');
  }

  expect(one.complaints).toEqual([]);
  expect(one.foreign).toEqual([]);
  await one.close();
});

test('no guide has a link that leads nowhere', async () => {
  const one = await visit(browser, '/docs/quick-start');
  const guides = await one.page.locator('.guides li a').evaluateAll(all => all.map(a => (a as HTMLAnchorElement).href));
  const targets = new Set<string>();
  for (const guide of guides.filter(address => address.includes('/docs/'))) {
    await one.page.goto(guide);
    const links = await one.page.locator('main a').evaluateAll(all => all.map(a => (a as HTMLAnchorElement).href));
    links.filter(link => link.startsWith(BASE)).forEach(link => targets.add(link));
  }

  const broken: string[] = [];
  for (const target of targets) {
    if (!(await fetch(target)).ok) broken.push(target);
  }

  expect(targets.size).toBeGreaterThan(0);
  expect(broken).toEqual([]);
  await one.close();
});
