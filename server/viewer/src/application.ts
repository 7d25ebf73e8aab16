// Joins the state, what the server says, the map and the page around it.

import { h, say } from './interface/dom';
import type { Context } from './interface/context';
import { Page } from './interface/page';
import type { ThemeChoice } from './interface/toolbar';
import { Stage } from './map/stage';
import { Book } from './model/book';
import { readHash, writeHash, type HashContent } from './model/hash';
import { Live, type ServerEvent } from './model/live';
import { arranged, atOnePlace, findings } from './model/first_choice';
import { Pace } from './model/pace';
import { Store } from './model/state';
import { around } from './model/tiles';
import { Timeline } from './model/timeline';
import { Playback } from './playback';
import { keep, keptBase, keptLight, onSystemTheme, showTheme, themeOf } from './preferences';
import { Scene } from './scene';
import { Words } from './words/words';

const REFRESH_MS = 15_000; // while the server is not heard: a new layer appears without a reload; the answer is mostly a 304
const CALM_MS = 300_000; // while it is
const MESSAGE_MS = 4_000;

export interface Start {
  hash: HashContent;
  language: string;
  theme: ThemeChoice;
}

export class Application {
  private readonly store: Store;
  private readonly book: Book;
  private readonly stage: Stage;
  private readonly timeline: Timeline;
  private readonly playback: Playback;
  private readonly scene: Scene;
  private readonly message = h('div', { class: 'message', role: 'status' });
  private readonly mapPlace = required('map-place');
  private page: Page;
  private words: Words;
  private theme: ThemeChoice;
  private settled: boolean;
  private readonly live = new Live(event => this.hear(event));
  private readonly pace = new Pace(() => this.refresh());
  private refreshed = 0;
  private written = '';

  constructor(start: Start) {
    this.settled = start.hash.chosen;
    const { camera, entries, time, swipe } = start.hash;
    const base = start.hash.base ?? keptBase();
    this.store = new Store({ camera, entries, time, swipe, base, light: keptLight() });
    this.words = new Words(start.language, navigator.languages);
    this.theme = start.theme;
    this.book = new Book(() => this.update());
    this.timeline = new Timeline(this.store, this.book);
    this.scene = new Scene(this.store, this.book, this.timeline);
    showTheme(this.theme);
    this.stage = this.openStage();
    this.playback = new Playback(this.store, this.timeline, {
      ready: () => this.aheadIsThere(),
      changed: () => this.update(),
    });
    this.mapPlace.append(this.message);
    this.page = this.openPage();
    this.store.listen(() => this.update());
    onSystemTheme(() => this.followTheme());
    required('skip').addEventListener('click', event => {
      event.preventDefault(); // the address belongs to the map
      this.stage.map.getCanvas().focus();
    });
    window.addEventListener('hashchange', () => this.followAddress());
    document.addEventListener('visibilitychange', () => {
      this.live.listen(document.visibilityState === 'visible');
      this.refresh();
    });
    window.setInterval(() => {
      if (!this.live.open || !this.book.reachable || Date.now() - this.refreshed >= CALM_MS) this.refresh();
    }, REFRESH_MS);
    window.addEventListener('online', () => {
      this.stage.tryAgain();
      this.refresh();
    });
    void this.book.meet();
    this.refresh();
    this.live.listen(document.visibilityState === 'visible');
  }

  private openStage(): Stage {
    const start = {
      camera: this.store.state.camera,
      theme: themeOf(this.theme),
      label: this.words.say('map'),
    };
    const stage = new Stage(required('ground'), required('above'), start, {
      moved: camera => this.store.set({ camera }),
      clicked: (lon, lat) => void this.page.values.read(lon, lat),
      failed: (key, reason) => this.book.fail(key, reason, reason === null),
      arrived: key => this.book.fail(key, null),
      began: () => this.updateBusy(),
      drew: () => this.drew(),
    });
    required('ground').addEventListener('keydown', event => {
      const { lon, lat } = stage.center();
      if (event.key === 'Enter') void this.page.values.read(lon, lat);
      if (event.key === 'Escape') this.page.values.close();
    });
    return stage;
  }

  private openPage(): Page {
    const root = document.documentElement;
    root.lang = this.words.language;
    root.dir = this.words.direction;
    say(required('skip'), this.words.say('skip'));
    this.stage.setLabel(this.words.say('map'));
    const context: Context = {
      store: this.store,
      book: this.book,
      words: this.words,
      timeline: this.timeline,
      player: this.playback.player,
      settled: () => this.isShown(),
      announce: text => this.announce(text),
      base: () => this.scene.baseStyle(themeOf(this.theme)),
      zoom: () => this.stage.map.getZoom(),
      pick: picked => this.stage.pick(picked),
      setBase: id => this.setBase(id),
      setLight: light => this.setLight(light),
      zoomTo: id => this.zoomTo([id], true),
      lookAt: (lon, lat) => this.lookAt(lon, lat),
    };
    return new Page(
      context,
      { panelPlace: required('panel-place'), mapPlace: this.mapPlace },
      {
        zoom: by => (by > 0 ? this.stage.map.zoomIn() : this.stage.map.zoomOut()),
        north: () => this.stage.map.easeTo({ bearing: 0 }),
        showAll: () => this.zoomTo(this.store.state.entries.map(entry => entry.id), true),
        mark: place => this.stage.mark(place),
      },
      {
        theme: this.theme,
        setTheme: theme => this.setTheme(theme),
        setLanguage: code => this.setLanguage(code),
        askerChanged: () => void this.followAsker(),
      },
    );
  }

  private setTheme(theme: ThemeChoice): void {
    this.theme = theme;
    keep('relief.theme', theme);
    showTheme(theme);
    this.followTheme();
  }

  private followTheme(): void {
    this.stage.setTheme(themeOf(this.theme));
    this.update();
  }

  private setBase(id: string | null): void {
    keep('relief.base', id ?? '');
    this.store.set({ base: id });
  }

  private setLight(light: boolean): void {
    keep('relief.light', light ? 'yes' : 'no');
    this.store.set({ light });
  }

  private setLanguage(code: string): void {
    const { open } = this.page.panel;
    keep('relief.language', code);
    this.page.remove();
    this.words = new Words(code, navigator.languages);
    this.page = this.openPage();
    this.page.panel.setOpen(open);
    this.update();
    document.querySelector<HTMLElement>('select[name=language]')?.focus();
  }

  private announce(text: string): void {
    say(this.message, text);
    window.setTimeout(() => {
      if (this.message.textContent === text) say(this.message, '');
    }, MESSAGE_MS);
  }

  private async followAsker(): Promise<void> {
    this.live.restart();
    await this.book.meet();
    this.refresh();
  }

  private hear({ kind, data }: ServerEvent): void {
    if (kind === 'tiles') {
      const { layer, version } = JSON.parse(data) as { layer: string; version: string };
      this.book.renew(layer, version);
    }
    this.pace.soon();
  }

  private refresh(): void {
    this.refreshed = Date.now();
    if (document.visibilityState === 'visible') void this.book.refresh().then(() => this.settle());
  }

  /** The first choice of layers, when neither the address nor the reader has made one. */
  private settle(): void {
    const { layers } = this.book.catalogue;
    if (this.settled || layers.length === 0) return;
    this.settled = true;
    const entries = arranged(atOnePlace(findings(layers, this.book.styles)));
    // Reports may come from anywhere: where there is more, that is the place.
    const placed = entries.filter(({ id }) => this.book.layer(id)?.kind !== 'reports');
    const seen = placed.length ? placed : entries;
    if (!this.store.state.camera) this.zoomTo(seen.map(entry => entry.id), false);
    this.store.set({ entries });
  }

  private zoomTo(ids: string[], animate: boolean): void {
    const layers = ids.flatMap(id => this.book.layer(id) ?? []);
    const bounds = around(layers.map(layer => layer.bounds));
    if (!bounds) return;
    const small = window.matchMedia('(max-width: 719px)').matches;
    const side = small ? 24 : 56;
    const padding = { top: side, bottom: side + 16, left: side, right: side };
    this.stage.fit(bounds, padding, animate);
  }

  private lookAt(lon: number, lat: number): void {
    this.page.values.close();
    this.stage.map.easeTo({ center: [lon, lat], zoom: this.stage.map.getZoom() + 2, duration: 600 });
  }

  private followAddress(): void {
    if (location.hash === this.written) return;
    const { camera, entries, time, swipe, base, chosen } = readHash(location.hash);
    if (chosen) this.store.set({ entries, time, swipe, base: base ?? keptBase() });
    if (camera) this.stage.jump(camera);
  }

  private update(): void {
    const { state } = this.store;
    const { ahead } = this.playback;
    const { scene, words } = this;
    this.book.follow(state.entries.flatMap(entry => scene.asked(entry) ?? []));
    const look = { language: words.language, theme: themeOf(this.theme) };
    const next = ahead === null ? [] : scene.ahead(ahead, look);
    this.stage.show(scene.now(look), next, scene.base(look));
    this.stage.compare(state.swipe, this.words.say('map'));
    this.page.update();
    this.playback.check();
    this.write();
  }

  private aheadIsThere(): boolean {
    return this.scene.isKnown(this.playback.ahead) && this.stage.ready();
  }

  private isShown(): boolean {
    const answered = this.store.state.entries.every(entry => {
      const { tiles, refusal } = this.book.page(entry.key);
      const gone = !this.book.layer(entry.id);
      return gone || this.timeline.sight(entry).missing || tiles !== null || refusal !== null;
    });
    return answered && this.stage.ready();
  }

  private drew(): void {
    this.playback.check();
    this.updateBusy();
  }

  private updateBusy(): void {
    this.page.updateBusy(!this.isShown() || !this.stage.loaded());
  }

  private write(): void {
    if (!this.settled) return;
    const hash = writeHash(this.store.state);
    if (hash === this.written) return;
    this.written = hash;
    // Browsers limit how often an address may change; dragging changes it all the time.
    window.setTimeout(() => {
      if (this.written === hash) history.replaceState(null, '', hash);
    }, 120);
  }
}

function required(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html lacks #${id}`);
  return element;
}

