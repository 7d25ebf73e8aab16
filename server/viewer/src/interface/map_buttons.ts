// Buttons that lie on the map.

import { withSides } from '../model/state';
import type { Context } from './context';
import { h, setAttributes } from './dom';
import { icon, type Icon } from './icons';

export interface MapActions {
  zoom(by: 1 | -1): void;
  showAll(): void;
  north(): void;
}

function button(name: Icon, label: string, click: () => void): HTMLButtonElement {
  return h('button', { type: 'button', 'aria-label': label, title: label }, { click }, icon(name));
}

/** The clipboard needs a secure page; in a local network without TLS the reader copies by hand. */
async function copyAddress({ words, announce }: Context): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    announce(words.say('copied'));
  } catch {
    window.prompt(words.say('copyByHand'), location.href);
  }
}

export class MapButtons {
  readonly element: HTMLElement;
  private readonly compare: HTMLButtonElement;

  constructor(
    private readonly context: Context,
    actions: MapActions,
    base: HTMLButtonElement,
  ) {
    const { words, store } = context;
    this.compare = button('after', words.say('compare'), () => {
      const { swipe, entries } = store.state;
      store.set(swipe === null ? { swipe: 0.5, entries: withSides(entries) } : { swipe: null });
    });
    this.element = h(
      'div',
      { class: 'map-buttons' },
      h(
        'div',
        { class: 'group', role: 'group' },
        button('plus', words.say('zoomIn'), () => actions.zoom(1)),
        button('minus', words.say('zoomOut'), () => actions.zoom(-1)),
      ),
      h(
        'div',
        { class: 'group', role: 'group' },
        button('extent', words.say('showAll'), () => actions.showAll()),
        button('compass', words.say('north'), () => actions.north()),
      ),
      h(
        'div',
        { class: 'group', role: 'group' },
        base,
        this.compare,
        button('link', words.say('share'), () => void copyAddress(context)),
      ),
    );
  }

  update(): void {
    setAttributes(this.compare, { 'aria-pressed': this.context.store.state.swipe !== null });
  }
}
