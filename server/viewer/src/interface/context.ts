// What every part of the page is given: nothing is global.

import type { StyleSummary } from '../model/api';
import type { Book } from '../model/book';
import type { Player } from '../model/player';
import type { Store } from '../model/state';
import type { Timeline } from '../model/timeline';
import type { Words } from '../words/words';

export interface Context {
  store: Store;
  book: Book;
  words: Words;
  timeline: Timeline;
  player: Player;
  /** Whether the map shows all that it was told to show. */
  settled(): boolean;
  /** Tells a screen reader, and shows for a moment. */
  announce(text: string): void;
  zoomTo(layerId: string): void;
  /** Two zooms closer, with this place in the middle. */
  lookAt(lon: number, lat: number): void;
  /** Of the map, in tiles of 512 pixels. */
  zoom(): number;
  /** The style under the layers; null for the page's own outline. */
  base(): StyleSummary | null;
  /** Lifts a feature of an entry out on the map; null ends it. */
  pick(picked: { key: string; feature: number } | null): void;
  /** Null: what suits the theme. */
  setBase(id: string | null): void;
  setLight(light: boolean): void;
}
