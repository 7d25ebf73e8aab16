// The part of the address behind '#': a shared link shows the same map.
//   #map=9.5/45.64/12.25&l=flood;o=60;s=after;q.colormap=viridis&l=scene&time=2018-11-02&swipe=50

import { endOf } from './moments';
import type { Camera, Entry, Side, State } from './state';
import { freeKey } from './state';

const SIDES: readonly Side[] = ['both', 'before', 'after'];
const ID = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const MOST_ENTRIES = 50; // as many layers as one OGC request may name; a link cannot ask for more

/** Everything but what a reader wants to see unescaped in an address. */
function escape(text: string): string {
  return encodeURIComponent(text).replace(/%2C/g, ',').replace(/%2F/g, '/').replace(/%3A/g, ':');
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const trimmed = (value: number, digits: number): string => String(Number(value.toFixed(digits)));

function writeCamera({ zoom, lat, lon, bearing }: Camera): string {
  const parts = [trimmed(zoom, 2), trimmed(lat, 5), trimmed(lon, 5)];
  if (Math.abs(bearing) >= 0.05) parts.push(trimmed(bearing, 1));
  return parts.join('/');
}

function readCamera(text: string): Camera | null {
  const [zoom, lat, lon, bearing = 0] = text.split('/').map(Number);
  if (zoom === undefined || lat === undefined || lon === undefined) return null;
  const sound = [zoom, lat, lon, bearing].every(Number.isFinite);
  if (!sound || zoom < 0 || zoom > 24 || Math.abs(lat) > 90 || Math.abs(lon) > 360) return null;
  return { zoom, lat, lon, bearing };
}

function writeEntry(entry: Entry): string {
  const parts = [escape(entry.id)];
  if (entry.opacity < 1) parts.push(`o=${Math.round(entry.opacity * 100)}`);
  if (!entry.visible) parts.push('hidden');
  if (entry.side !== 'both') parts.push(`s=${entry.side}`);
  for (const [name, value] of Object.entries(entry.query)) {
    parts.push(`q.${escape(name)}=${escape(value)}`);
  }
  return parts.join(';');
}

function readOpacity(text: string): number {
  const percent = Number(text);
  return Number.isFinite(percent) ? Math.max(0, Math.min(100, percent)) / 100 : 1;
}

function readEntry(text: string, before: Entry[]): Entry | null {
  const [id = '', ...parts] = text.split(';');
  if (!ID.test(id)) return null;
  const entry: Entry = {
    key: freeKey(before, id),
    id,
    visible: true,
    opacity: 1,
    side: 'both',
    query: {},
  };
  for (const part of parts) {
    const [name = '', value = ''] = part.split(/=(.*)/s).map(unescape);
    if (name === 'hidden') entry.visible = false;
    else if (name === 'o') entry.opacity = readOpacity(value);
    else if (name === 's') entry.side = SIDES.find(side => side === value) ?? 'both';
    else if (name.startsWith('q.')) entry.query[name.slice(2)] = value;
  }
  return entry;
}

type Shared = Omit<State, 'light'>;

export function writeHash(state: Shared): string {
  const parts = state.camera ? [`map=${writeCamera(state.camera)}`] : [];
  // An explicit empty list: "nothing on the map" is a choice too, and differs from "no choice made".
  parts.push(...(state.entries.length ? state.entries.map(e => `l=${writeEntry(e)}`) : ['l=']));
  if (state.time !== null) parts.push(`time=${escape(state.time)}`);
  if (state.base !== null) parts.push(`base=${escape(state.base)}`);
  if (state.swipe !== null) parts.push(`swipe=${Math.round(state.swipe * 100)}`);
  return `#${parts.join('&')}`;
}

export interface HashContent extends Shared {
  /** False when the address says nothing of layers: the viewer then chooses some itself. */
  chosen: boolean;
  lang: string | null;
  theme: string | null;
}

function readSwipe(text: string): number | null {
  const percent = Number(text);
  return Number.isFinite(percent) ? Math.max(0, Math.min(100, percent)) / 100 : null;
}

const readTime = (text: string): string | null => (endOf(text) === null ? null : text);

/** Never fails: what makes no sense is left out. */
export function readHash(hash: string): HashContent {
  const content: HashContent = {
    camera: null,
    entries: [],
    time: null,
    base: null,
    swipe: null,
    chosen: false,
    lang: null,
    theme: null,
  };
  for (const part of hash.replace(/^#/, '').split('&')) {
    const [name, value = ''] = part.split(/=(.*)/s);
    if (name === 'map') content.camera = readCamera(unescape(value));
    else if (name === 'swipe') content.swipe = readSwipe(value);
    else if (name === 'base') content.base = ID.test(value) ? value : null;
    else if (name === 'time') content.time = readTime(unescape(value));
    else if (name === 'lang' || name === 'theme') content[name] = unescape(value);
    else if (name === 'l') {
      content.chosen = true;
      // Some messengers escape a whole address once more.
      const entry = readEntry(value.includes(';') ? value : unescape(value), content.entries);
      if (entry && content.entries.length < MOST_ENTRIES) content.entries.push(entry);
    }
  }
  return content;
}
