// What every part of the page is given: nothing is global.

import type { Book } from '../model/book';
import type { Store } from '../model/state';
import type { Words } from '../words/words';

export interface Context {
  store: Store;
  book: Book;
  words: Words;
  /** Tells a screen reader, and shows for a moment. */
  announce(text: string): void;
  zoomTo(layerId: string): void;
}
