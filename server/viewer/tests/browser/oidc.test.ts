// People sign in at a real provider, programs show its tokens. Needs the program and workspace of run.mjs.

import type { Browser, BrowserContext, Cookie, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { launch, picture } from './chromium';
import { trust, type Trust } from './provider';

const PROGRAM = process.env['RELIEF_PROGRAM'] ?? '';
const WORKSPACE = process.env['RELIEF_WORKSPACE'] ?? '';

let browser: Browser;
let our: Trust;

beforeAll(async () => {
  if (!PROGRAM) return;
  our = await trust(PROGRAM, WORKSPACE);
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await our?.close();
});

interface Way {
  context: BrowserContext;
  page: Page;
  /** The addresses by which the provider led back. */
  returns: string[];
}

/** At the provider's first page, from the view of the map that is told. */
async function leave(view = '/#l='): Promise<Way> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  // The provider's own pages name a font of another server.
  await context.route(url => url.hostname !== '127.0.0.1', route => route.abort());
  const page = await context.newPage();
  const returns: string[] = [];
  page.on('request', request => request.url().includes('/auth/oidc/return') && returns.push(request.url()));
  await page.goto(our.base + view, { waitUntil: 'load' });
  await page.getByRole('button', { name: 'Sign in' }).first().click();
  await picture(page, 'sign-in-provider');
  await page.getByRole('link', { name: 'Sign in with your organisation' }).click();
  await page.locator('input[name=login]').waitFor();
  expect(new URL(page.url()).origin).toBe(our.issuer);
  return { context, page, returns };
}

async function signIn({ page }: Way, name: string): Promise<void> {
  await page.locator('input[name=login]').fill(name);
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Its cookies and the provider's are told apart by their names alone: ports do not count. */
async function ours({ context }: Way): Promise<Cookie[]> {
  return (await context.cookies(our.base)).filter(({ name }) => name.startsWith('relief_'));
}

const me = (page: Page): Promise<Record<string, unknown>> =>
  page.evaluate(async () => (await (await fetch('/auth/me')).json()) as Record<string, unknown>);

test.skipIf(!PROGRAM)('who signs in at the provider comes back to the view that they left, with their role', async () => {
  const way = await leave('/#map=9/-8.4/-74.55&l=');

  await signIn(way, 'amal');

  await way.page.getByText('amal of the field').waitFor();
  expect(new URL(way.page.url()).origin).toBe(our.base);
  expect(way.page.url()).toMatch(/#map=9(\.0+)?\/-8\.4/);
  expect(await me(way.page)).toMatchObject({ role: 'admin', by: 'session', name: 'amal of the field' });
  await way.page.locator('.offer', { hasText: 'guarded' }).waitFor();
  await picture(way.page, 'signed-in-provider');
  const kept = await ours(way);
  expect(kept.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite])).toEqual([['relief_session', true, 'Strict']]);
  await way.page.getByRole('button', { name: 'Sign out' }).click();
  await way.page.getByRole('button', { name: 'Sign in' }).first().waitFor();
  await way.context.close();
});

test.skipIf(!PROGRAM)('who has no role here is told so and stays outside', async () => {
  const way = await leave();

  await signIn(way, 'omar');

  await way.page.getByText('none of your roles is one on this server').waitFor();
  await way.page.goto(our.base, { waitUntil: 'load' });
  expect(await me(way.page)).toMatchObject({ role: 'anonymous', by: 'nothing' });
  await way.context.close();
});

test.skipIf(!PROGRAM)('a code opens one session, and only in the browser that began', async () => {
  const way = await leave();
  const [ticket] = await ours(way);
  expect(ticket).toMatchObject({ name: 'relief_sign_in', httpOnly: true, sameSite: 'Lax' });
  await signIn(way, 'amal');
  await way.page.getByText('amal of the field').waitFor();
  expect(way.returns).toHaveLength(1);
  const back = way.returns[0] ?? '';

  const stolen = await fetch(back, { redirect: 'manual' });
  const again = await fetch(back, { redirect: 'manual', headers: { Cookie: `relief_sign_in=${ticket?.value ?? ''}` } });

  expect(stolen.status).toBe(400);
  expect(again.status).toBe(401); // the provider takes its code once
  for (const { headers } of [stolen, again]) expect(headers.get('set-cookie') ?? '').not.toContain('relief_session');
  const code = new URL(back).searchParams.get('code') ?? '';
  expect(code.length).toBeGreaterThan(20);
  expect(our.log()).toContain('/auth/oidc/return');
  expect(our.log()).not.toContain(code);
  await way.context.close();
});

test.skipIf(!PROGRAM)('its access tokens open what their role sees, whichever of the three algorithms signs them', async () => {
  for (const algorithm of ['RS256', 'ES256', 'EdDSA'] as const) {
    const token = await our.accessToken(algorithm);
    const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Record<string, string>;
    expect(header).toMatchObject({ alg: algorithm, typ: 'at+jwt' });
    const headers = { Authorization: `Bearer ${token}` };

    expect(await (await fetch(`${our.base}/auth/me`, { headers })).json()).toMatchObject({ role: 'analyst', by: 'token' });
    expect((await fetch(`${our.base}/audit`, { headers })).status).toBe(403);
    const [head, , signature] = token.split('.');
    const claims = Buffer.from(JSON.stringify({ sub: 'x', groups: ['map-admins'], iss: our.issuer })).toString('base64url');
    for (const forged of [`${head}.${claims}.${signature}`, token.slice(0, -8), await our.accessToken(algorithm, 'https://another.test')]) {
      expect((await fetch(`${our.base}/layers`, { headers: { Authorization: `Bearer ${forged}` } })).status).toBe(401);
    }
  }
});
