// Dragging a card by its handle, with mouse, pen or finger; arrow keys do the same.

import { moved } from '../model/state';
import type { Context } from './context';
import { h } from './dom';
import { icon } from './icons';
import { titleOf } from './origin';

/** The place among `cards` at which something dropped at height `y` belongs. */
export function placeAt(y: number, cards: { top: number; bottom: number }[]): number {
  const below = cards.findIndex(card => y < (card.top + card.bottom) / 2);
  return below < 0 ? cards.length : below;
}

function move(context: Context, key: string, place: number): void {
  const { store, book, words } = context;
  const entries = moved(store.state.entries, key, place);
  const at = entries.findIndex(entry => entry.key === key);
  if (at === store.state.entries.findIndex(entry => entry.key === key)) return;
  store.set({ entries });
  const title = titleOf(book.layer(entries[at]?.id ?? ''), words);
  context.announce(words.say('moved', { title, place: at + 1, count: entries.length }));
}

function dragging(context: Context, key: string, handle: HTMLElement, y: number): void {
  const card = handle.closest('li');
  const list = card?.parentElement;
  if (!card || !list) return;
  const others = [...list.children].filter(one => one !== card);
  move(context, key, placeAt(y, others.map(one => one.getBoundingClientRect())));
}

export function dragHandle(context: Context, key: string, title: string): HTMLButtonElement {
  const { store, words } = context;
  const step = (event: KeyboardEvent): void => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = store.state.entries.findIndex(entry => entry.key === key);
    move(context, key, at + by);
    handle.focus(); // moving an element in the page takes the focus from it
  };
  const label = words.say('reorder', { title });
  const handle = h(
    'button',
    { class: 'handle', type: 'button', 'aria-label': label, title: label },
    {
      keydown: step,
      pointerdown: event => {
        handle.setPointerCapture(event.pointerId);
        handle.closest('li')?.classList.add('dragged');
        event.preventDefault();
        handle.focus();
      },
      pointermove: event => {
        if (handle.hasPointerCapture(event.pointerId)) {
          dragging(context, key, handle, event.clientY);
        }
      },
      lostpointercapture: () => handle.closest('li')?.classList.remove('dragged'),
    },
    icon('grip'),
  );
  return handle;
}
