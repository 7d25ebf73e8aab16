import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Queue } from '../../src/report/queue';
import { Sender } from '../../src/report/sender';

/** Answers each key as it is told. */
let answers: Record<string, { status: number; retryAfter?: string }> = {};
let server: Server;

beforeEach(async () => {
  server = createServer((request, response) => {
    const key = String(request.headers['idempotency-key']);
    const { status, retryAfter } = answers[key] ?? { status: 404 };
    response.statusCode = status;
    if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
    if (status === 201) response.setHeader('Location', `/reports/${key}`);
    request.resume().on('end', () => response.end());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('document', { baseURI: `http://127.0.0.1:${(server.address() as AddressInfo).port}/report` });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
});

async function queueOf(...keys: string[]): Promise<Queue> {
  const queue = new Queue();
  for (const [i, key] of keys.entries())
    await queue.put({ key, title: key, made: i, type: 'application/json', bytes: new ArrayBuffer(2) });
  return queue;
}

test('a report that does not get through keeps none of the others waiting', async () => {
  answers = { large: { status: 408 }, small: { status: 201 }, wrong: { status: 400 }, last: { status: 201 } };
  const queue = await queueOf('large', 'small', 'wrong', 'last');
  const sender = new Sender(queue, () => undefined);

  await sender.now();

  expect(sender.accepted.map(({ number }) => number)).toEqual(['last', 'small']);
  expect((await queue.all()).map(({ key, refused }) => [key, refused !== undefined])).toEqual([
    ['large', false],
    ['wrong', true],
  ]);
});

test('the longest time that the server asked for is waited before all is tried again', async () => {
  answers = { one: { status: 503, retryAfter: '60' }, two: { status: 503, retryAfter: '7' } };
  const sender = new Sender(await queueOf('one', 'two'), () => undefined);
  const waits = vi.spyOn(globalThis, 'setTimeout');

  await sender.now();

  expect(waits.mock.calls.at(-1)?.[1]).toBe(60_000);
});
