// The users of run.mjs sign in: what is hidden appears, and the audit log opens to admins.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { launch, picture, visit, type Visit } from './chromium';

const PASSWORD = process.env['RELIEF_PASSWORD'] ?? '';
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

async function signIn({ page }: Visit, name: string, password: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).first().click();
  await page.locator('dialog input[name=name]').fill(name);
  await page.locator('dialog input[name=password]').fill(password);
  await page.keyboard.press('Enter');
}

test.skipIf(!PASSWORD)('with the keyboard alone; a wrong password is said, a right one opens what is hidden', async () => {
  const one = await visit(browser, '/#l=');
  await one.page.locator('.offer').first().waitFor();
  expect(await one.page.getByText('guarded').count()).toBe(0);

  await signIn(one, 'anna', 'not her password');
  await one.page.getByText('The name or the password is wrong.').waitFor();
  await picture(one.page, 'sign-in-wrong');
  await one.page.locator('dialog input[name=password]').fill(PASSWORD);
  await one.page.keyboard.press('Enter');
  await one.page.getByText('anna').waitFor();
  await one.page.locator('.offer', { hasText: 'guarded' }).waitFor();
  await picture(one.page, 'signed-in');
  await one.page.reload({ waitUntil: 'load' });
  await one.page.locator('.offer', { hasText: 'guarded' }).waitFor();

  await one.page.getByRole('button', { name: 'Sign out' }).click();
  await expect.poll(() => one.page.locator('.offer', { hasText: 'guarded' }).count()).toBe(0);
  await one.page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(one.complaints.every(words => words.includes('401'))).toBe(true);
  await one.close();
});

test.skipIf(!PASSWORD)('an admin reads the log, page by page and filtered, and takes its head along', async () => {
  const one = await visit(browser, '/audit-log');
  await one.page.getByText('The audit log is for administrators.').waitFor();

  await signIn(one, 'anna', PASSWORD);
  await one.page.locator('tbody tr').first().waitFor();
  expect(await one.page.locator('.head code').textContent()).toMatch(/^\d+:[0-9a-f]+$/);
  await picture(one.page, 'audit');
  await one.page.locator('input[name=action]').fill('login');
  await one.page.getByRole('button', { name: 'Apply' }).click();
  await expect.poll(async () => new Set(await one.page.locator('tbody td:nth-child(4)').allTextContents())).toEqual(new Set(['login']));
  const saving = one.page.waitForEvent('download');
  await one.page.getByText('Save the head').click();
  expect((await saving).suggestedFilename()).toMatch(/^relief-audit-head-\d+\.json$/);
  await one.page.locator('input[name=action]').fill('no such action');
  await one.page.keyboard.press('Enter');
  await one.page.getByText('No entry matches.').waitFor();
  await one.close();
});

test.skipIf(!PASSWORD)('on a phone, dark and in Arabic, nothing is wider than the screen', async () => {
  const one = await visit(browser, '/audit-log', { ...PHONE, locale: 'ar', colorScheme: 'dark' });
  await one.page.locator('.account button').first().click();
  await one.page.locator('dialog input[name=name]').fill('anna');
  await one.page.locator('dialog input[name=password]').fill(PASSWORD);
  await picture(one.page, 'sign-in-phone-arabic');
  await one.page.keyboard.press('Enter');
  await one.page.locator('tbody tr').first().waitFor();
  await picture(one.page, 'audit-phone-arabic');

  expect(await one.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await one.close();
});
