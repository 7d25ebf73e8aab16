import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Player, type Reel } from '../../src/model/player';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const MOMENTS = ['a', 'b', 'c'];

function reelOf(prepare: Reel['prepare']): Reel & { shown: string[] } {
  const shown: string[] = [];
  return {
    shown,
    next: () => MOMENTS[shown.length % MOMENTS.length] ?? null,
    prepare,
    show: moment => void shown.push(moment),
    changed: () => undefined,
  };
}

test('moments follow one another at the chosen speed', async () => {
  const reel = reelOf(() => Promise.resolve());
  const player = new Player(reel);
  player.speed = 2;

  player.play();
  await vi.advanceTimersByTimeAsync(2_050);

  expect(reel.shown).toEqual(['a', 'b', 'c', 'a']);
});

test('a moment whose picture is not there yet is waited for', async () => {
  let arrive = (): void => undefined;
  const reel = reelOf(() => new Promise(resolve => (arrive = resolve)));
  const player = new Player(reel);

  player.play();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reel.shown).toEqual([]);
  arrive();
  await vi.advanceTimersByTimeAsync(0);

  expect(reel.shown).toEqual(['a']);
});

test('a pause ends the run, and another start makes only one run', async () => {
  const reel = reelOf(() => Promise.resolve());
  const player = new Player(reel);

  player.play();
  player.pause();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(reel.shown).toEqual([]);
  player.play();
  player.pause();
  player.play();
  await vi.advanceTimersByTimeAsync(1_050);

  expect(reel.shown).toEqual(['a']);
  expect(player.playing).toBe(true);
});

test('playing ends when there is nothing to play', async () => {
  const player = new Player({ ...reelOf(() => Promise.resolve()), next: () => null });

  player.play();
  await vi.advanceTimersByTimeAsync(0);

  expect(player.playing).toBe(false);
});
