// Moments of time: which observation belongs to one, and how they lie on a line.

const DAY = 86_400_000;

/** Before an instant in an address: that one and all earlier ones. */
export const UNTIL = '../';

/** Where a time begins: of an interval, which "/" divides, its first side; NaN for what is no date. */
export const beginOf = (text: string): number => Date.parse(text.split('/')[0] ?? '');

/** The last millisecond of a year, a month, a day, an interval or the instant itself; null for what is no date. */
export function endOf(text: string): number | null {
  const [first, last, ...more] = text.split('/');
  if (last !== undefined) return more.length > 0 || endOf(first ?? '') === null ? null : endOf(last);
  const [, year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text) ?? [];
  if (year === undefined) return /^\d{4}-\d{2}-\d{2}T/.test(text) ? instant(text) : null;
  if (instant(text) === null) return null;
  if (day !== undefined) return Date.parse(text) + DAY - 1;
  if (month !== undefined) return Date.UTC(Number(year), Number(month), 1) - 1;
  return Date.UTC(Number(year) + 1, 0, 1) - 1;
}

function instant(text: string): number | null {
  const time = beginOf(text);
  return Number.isNaN(time) ? null : time;
}

/** The moments of several layers, by where they begin and then end, each once; what is no time is left out. */
export function ticksOf(lists: readonly (readonly string[])[]): string[] {
  const all = lists.flat().filter(text => instant(text) !== null);
  const end = (text: string): number => endOf(text) ?? beginOf(text);
  const off = (one: string, other: string): number => beginOf(one) - beginOf(other) || end(one) - end(other);
  const sorted = all.sort(off);
  return sorted.filter((text, i) => i === 0 || off(text, sorted[i - 1] ?? '') !== 0);
}

/** The time that is asked for in its own words, else the newest of ascending ones that is not after the moment; null before the first. */
export function observationAt(times: readonly string[], moment: number, asked: string | null = null): string | null {
  return times[indexAt(times, moment, asked)] ?? null;
}

export function indexAt(times: readonly string[], moment: number, asked: string | null = null): number {
  if (asked !== null && times.includes(asked)) return times.indexOf(asked);
  let last = -1;
  while (last + 1 < times.length && beginOf(times[last + 1] ?? '') <= moment) last++;
  return last;
}

/** Where a moment lies between the first and the last tick: 0 to 1. */
export function shareOf(ticks: readonly string[], moment: number): number {
  const first = beginOf(ticks[0] ?? '');
  const span = beginOf(ticks[ticks.length - 1] ?? '') - first;
  return span > 0 ? Math.max(0, Math.min(1, (moment - first) / span)) : 1;
}

/** The tick nearest to a share of the line. */
export function tickAt(ticks: readonly string[], share: number): number {
  const off = (i: number): number => Math.abs(shareOf(ticks, beginOf(ticks[i] ?? '')) - share);
  return ticks.reduce((best, _, i) => (off(i) < off(best) ? i : best), 0);
}
