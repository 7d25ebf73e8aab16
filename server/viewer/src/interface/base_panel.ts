// The choice of what lies under the layers, with a picture of each, and of a thin line.

import type { StyleSummary } from '../model/api';
import { onThisPage } from '../model/api';
import { offeredBases } from '../model/base_choice';
import { OUTLINE } from '../model/state';
import type { Word } from '../words/words';
import type { Context } from './context';
import { h, setAttributes } from './dom';
import { icon } from './icons';

/** What all maps that come with the program are made from. */
export const NATURAL_EARTH = 'Natural Earth';

const SUITS = ''; // the value of "what suits the theme"

// Names of the maps that come with the program, in the reader's language.
const NAMES = new Map<string, Word>(
  Object.entries({
    'base-light': 'baseLight',
    'base-dark': 'baseDark',
    'base-grey': 'baseGrey',
    'base-night': 'baseNight',
    imagery: 'baseImagery',
  }),
);

export class BasePanel {
  readonly element: HTMLElement;
  /** Opens and closes it. */
  readonly button: HTMLButtonElement;
  private readonly choices = h('div', { class: 'base-choices', role: 'radiogroup' });
  private readonly light: HTMLInputElement;
  private offered = '';

  constructor(private readonly context: Context) {
    const { words, setLight } = context;
    const label = words.say('baseMap');
    const attributes = { type: 'button', 'aria-label': label, title: label, 'aria-expanded': false, 'aria-controls': 'base-panel' };
    this.button = h('button', attributes, { click: () => this.setOpen(this.element.hidden) }, icon('map'));
    this.light = h('input', { type: 'checkbox', name: 'light' }, { change: () => setLight(this.light.checked) });
    setAttributes(this.choices, { 'aria-label': label });
    const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': words.say('close'), title: words.say('close') }, { click: () => this.setOpen(false) }, icon('close'));
    const thin = h('span', {}, words.say('lightLine'), h('small', { class: 'quiet' }, words.say('lightLineHelp')));
    this.element = h(
      'section',
      { class: 'base-panel floating', id: 'base-panel', 'aria-label': label, hidden: true },
      {
        keydown: event => {
          if (event.key === 'Escape') this.setOpen(false);
        },
      },
      h('header', {}, h('h2', {}, label), close),
      h('label', { class: 'switch' }, this.light, thin),
      this.choices,
      h('p', { class: 'note quiet' }, h('bdi', {}, NATURAL_EARTH), ': ', words.say('baseOverview')),
    );
  }

  private setOpen(open: boolean): void {
    this.element.hidden = !open;
    setAttributes(this.button, { 'aria-expanded': open });
    if (open) {
      this.update();
      this.choices.querySelector<HTMLElement>('input:checked')?.focus();
    } else {
      this.button.focus();
    }
  }

  update(): void {
    if (this.element.hidden) return; // pictures are for those who look
    const { book, store } = this.context;
    this.offer(offeredBases(book.styles));
    for (const input of this.choices.querySelectorAll('input')) input.checked = input.value === (store.state.base ?? SUITS);
    this.light.checked = store.state.light;
  }

  private offer(styles: StyleSummary[]): void {
    const now = JSON.stringify(styles.map(({ id, version }) => [id, version]));
    if (now === this.offered) return;
    this.offered = now;
    const { words, setBase } = this.context;
    const fixed = [
      ...(styles.length ? [this.choice(SUITS, words.say('baseSuits'), 'theme', () => setBase(null))] : []),
      this.choice(OUTLINE, words.say('baseOutline'), 'outline', () => setBase(OUTLINE)),
    ];
    this.choices.replaceChildren(...fixed, ...styles.map(style => this.styleChoice(style)));
  }

  private styleChoice({ id, title, thumbnail }: StyleSummary): HTMLElement {
    const { words, setBase } = this.context;
    const word = NAMES.get(id);
    const picture = h('img', { alt: '', loading: 'lazy', src: onThisPage(thumbnail).replace(/\.png(?=\?|$)/, '.webp') });
    return this.choice(id, word ? words.say(word) : title, picture, () => setBase(id));
  }

  private choice(value: string, name: string, picture: HTMLElement | string, change: () => void): HTMLElement {
    const shown = typeof picture === 'string' ? h('span', { class: `sample ${picture}` }) : picture;
    return h('label', {}, h('input', { type: 'radio', name: 'base', value }, { change }), shown, h('bdi', {}, name));
  }
}
