// Moments of time: which observation belongs to one, and how they lie on a line.

const DAY = 86_400_000;

/** Before an instant in an address: that one and all earlier ones. */
export const UNTIL = '../';

/** The last millisecond of a year, a month, a day or the instant itself; null for what is no date. */
export function endOf(text: string): number | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text) ?? [];
  if (year === undefined) return /^\d{4}-\d{2}-\d{2}T/.test(text) ? instant(text) : null;
  if (instant(text) === null) return null;
  if (day !== undefined) return Date.parse(text) + DAY - 1;
  if (month !== undefined) return Date.UTC(Number(year), Number(month), 1) - 1;
  return Date.UTC(Number(year) + 1, 0, 1) - 1;
}

function instant(text: string): number | null {
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

/** The moments of several layers, ascending, each once; what is no instant is left out. */
export function ticksOf(lists: readonly (readonly string[])[]): string[] {
  const all = lists.flat().filter(text => instant(text) !== null);
  const sorted = all.sort((one, other) => Date.parse(one) - Date.parse(other));
  return sorted.filter((text, i) => i === 0 || Date.parse(text) !== Date.parse(sorted[i - 1] ?? ''));
}

/** The newest of ascending times that is not after the moment; null before the first. */
export function observationAt(times: readonly string[], moment: number): string | null {
  return times[indexAt(times, moment)] ?? null;
}

export function indexAt(times: readonly string[], moment: number): number {
  let last = -1;
  while (last + 1 < times.length && Date.parse(times[last + 1] ?? '') <= moment) last++;
  return last;
}

/** Where a moment lies between the first and the last tick: 0 to 1. */
export function shareOf(ticks: readonly string[], moment: number): number {
  const first = Date.parse(ticks[0] ?? '');
  const span = Date.parse(ticks[ticks.length - 1] ?? '') - first;
  return span > 0 ? Math.max(0, Math.min(1, (moment - first) / span)) : 1;
}

/** The tick nearest to a share of the line. */
export function tickAt(ticks: readonly string[], share: number): number {
  const off = (i: number): number => Math.abs(shareOf(ticks, Date.parse(ticks[i] ?? '')) - share);
  return ticks.reduce((best, _, i) => (off(i) < off(best) ? i : best), 0);
}
