// The bar of time: which moment the map shows, a step back or on, and all of them one after another.

import { SPEEDS } from '../model/player';
import type { Clock } from '../model/timeline';
import type { Context } from './context';
import { h, option, say, setAttributes } from './dom';
import { icon, type Icon } from './icons';
import { TimeTrack } from './time_track';

function button(name: Icon, click: () => void): HTMLButtonElement {
  return h('button', { type: 'button', class: 'time-button' }, { click }, icon(name));
}

function named(element: HTMLElement, label: string): void {
  setAttributes(element, { 'aria-label': label, title: label });
}

export class TimeBar {
  readonly element: HTMLElement;
  private readonly previous = button('previous', () => this.step(-1));
  private readonly next = button('next', () => this.step(1));
  private readonly play = button('play', () => this.toggle());
  private readonly newest: HTMLButtonElement;
  private readonly speed: HTMLSelectElement;
  private readonly date = h('strong', {});
  private readonly age = h('span', { class: 'quiet' });
  private readonly first = h('span', {});
  private readonly last = h('span', {});
  private readonly track: TimeTrack;
  private pointed: string | null = null;

  constructor(private readonly context: Context) {
    const { words, store } = context;
    const toNewest = (): void => this.stop(() => store.set({ time: null }));
    this.newest = h('button', { type: 'button', class: 'time-newest' }, { click: toNewest }, words.say('timeNewest'));
    this.speed = this.speedChoice();
    this.track = new TimeTrack(words, {
      chosen: tick => this.show(tick),
      pointed: tick => this.point(tick),
      toggled: () => this.toggle(),
    });
    named(this.previous, words.say('timePrevious'));
    named(this.next, words.say('timeNext'));
    named(this.play, words.say('play'));
    const steps = h('div', { class: 'time-steps' }, this.previous, this.play, this.next);
    const now = h('p', { class: 'time-now' }, this.date, ' ', this.age);
    this.element = h(
      'section',
      { class: 'time-bar floating', 'aria-label': words.say('timeBar'), hidden: true },
      h('div', { class: 'time-row' }, steps, now, this.newest, this.speed),
      this.track.element,
      h('div', { class: 'time-ends quiet', 'aria-hidden': 'true' }, this.first, this.last),
    );
    // What else lies at the foot of the map makes room.
    new ResizeObserver(() => this.reserve()).observe(this.element);
  }

  private speedChoice(): HTMLSelectElement {
    const { words, player } = this.context;
    const label = words.say('playSpeed');
    const choice = h(
      'select',
      { name: 'speed', dir: 'ltr', 'aria-label': label, title: label },
      { change: () => (player.speed = Number(choice.value)) },
      ...SPEEDS.map(speed => option(String(speed), `${words.number(speed)}/s`)),
    );
    choice.value = String(player.speed);
    return choice;
  }

  private reserve(): void {
    const { parentElement: foot, offsetHeight } = this.element;
    foot?.parentElement?.style.setProperty('--time-bar', `${offsetHeight ? offsetHeight + 10 : 0}px`);
  }

  /** What the reader does by hand ends the playing. */
  private stop(change: () => void): void {
    this.context.player.pause();
    change();
  }

  private show(time: string): void {
    this.stop(() => this.context.store.set({ time }));
  }

  private step(by: 1 | -1): void {
    const clock = this.context.timeline.clock();
    const tick = clock?.ticks[clock.index + by];
    if (tick !== undefined) this.show(tick);
  }

  private toggle(): void {
    const { player } = this.context;
    if (player.playing) player.pause();
    else player.play();
  }

  private point(tick: string | null): void {
    if (tick !== null) this.context.player.pause();
    this.pointed = tick;
    this.update();
  }

  update(): void {
    const { timeline, words, player } = this.context;
    const clock = timeline.clock();
    this.element.hidden = clock === null;
    if (!clock) return player.pause();
    this.track.update(clock);
    const before = this.context.store.state.time ?? new Date(clock.moment).toISOString();
    this.sayMoment(this.pointed ?? clock.ticks[clock.index] ?? before);
    say(this.first, words.date(clock.ticks[0] ?? ''));
    say(this.last, words.date(clock.ticks[clock.ticks.length - 1] ?? ''));
    setAttributes(this.newest, { 'aria-pressed': clock.newest });
    this.updateButtons(clock);
    this.updateBusy();
  }

  private sayMoment(moment: string): void {
    const { words } = this.context;
    say(this.date, words.date(moment));
    say(this.age, words.age(moment, new Date()));
  }

  private updateButtons(clock: Clock): void {
    const { player, words } = this.context;
    // Not "disabled": that would take the focus from a reader who steps to the end.
    setAttributes(this.previous, { 'aria-disabled': clock.index <= 0 });
    setAttributes(this.next, { 'aria-disabled': clock.index >= clock.ticks.length - 1 });
    named(this.play, words.say(player.playing ? 'pause' : 'play'));
    const wanted = player.playing ? 'pause' : 'play';
    if (!this.play.querySelector(`.icon-${wanted}`)) this.play.replaceChildren(icon(wanted));
  }

  /** The map still shows the moment before, or parts of it. */
  updateBusy(): void {
    if (this.element.hidden) return;
    const { player, settled } = this.context;
    setAttributes(this.element, { 'aria-busy': !player.playing && !settled() });
  }
}
