// What is on the screen: the one value that the address bar keeps and every part of the page follows.

import type { Query } from './api';

export type Side = 'both' | 'before' | 'after';

/** One layer on the map. The same layer may be there twice, with two styles or two times. */
export interface Entry {
  key: string;
  id: string;
  visible: boolean;
  opacity: number;
  side: Side;
  query: Query;
}

export interface Camera {
  lon: number;
  lat: number;
  zoom: number;
  bearing: number;
}

export interface State {
  camera: Camera | null;
  /** Top of the map first. */
  entries: Entry[];
  /** The moment that is shown of layers with several observations; null for the newest. */
  time: string | null;
  /** Id of the style under the layers, OUTLINE for the page's own; null: what suits the theme. */
  base: string | null;
  /** A thin line: small pictures drawn by the server instead of what is drawn here. Not part of a link. */
  light: boolean;
  /** Share of the width that shows "before"; null when nothing is compared. */
  swipe: number | null;
}

export const OUTLINE = 'outline';

export type Listener = (state: State) => void;

export class Store {
  private readonly listeners = new Set<Listener>();

  constructor(private current: State) {}

  get state(): State {
    return this.current;
  }

  set(change: Partial<State>): void {
    this.current = { ...this.current, ...change };
    for (const listener of [...this.listeners]) listener(this.current);
  }

  /** Gives the way to stop listening. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  change(key: string, change: Partial<Entry>): void {
    this.set({ entries: changed(this.current.entries, key, change) });
  }
}

export function changed(entries: Entry[], key: string, change: Partial<Entry>): Entry[] {
  return entries.map(entry => (entry.key === key ? { ...entry, ...change } : entry));
}

/** A key that no entry has: the layer's id, then id.2, id.3 … for further copies. */
export function freeKey(entries: Entry[], id: string): string {
  let key = id;
  for (let n = 2; entries.some(entry => entry.key === key); n++) key = `${id}.${n}`;
  return key;
}

export function newEntry(entries: Entry[], id: string): Entry {
  return { key: freeKey(entries, id), id, visible: true, opacity: 1, side: 'both', query: {} };
}

/** Moves one entry to a place; places outside the list mean its ends. */
export function moved(entries: Entry[], key: string, place: number): Entry[] {
  const entry = entries.find(one => one.key === key);
  if (!entry) return entries;
  const rest = entries.filter(one => one !== entry);
  rest.splice(Math.max(0, Math.min(place, rest.length)), 0, entry);
  return rest;
}

/** Puts a copy of an entry directly above it. */
export function duplicated(entries: Entry[], key: string): Entry[] {
  const at = entries.findIndex(entry => entry.key === key);
  const entry = entries[at];
  if (!entry) return entries;
  const copy = { ...entry, key: freeKey(entries, entry.id), query: { ...entry.query } };
  return [...entries.slice(0, at), copy, ...entries.slice(at)];
}

/** When comparing begins, the uppermost visible layer becomes "after", unless sides were chosen. */
export function withSides(entries: Entry[]): Entry[] {
  if (entries.some(entry => entry.side !== 'both')) return entries;
  const top = entries.find(entry => entry.visible);
  return top ? changed(entries, top.key, { side: 'after' }) : entries;
}
