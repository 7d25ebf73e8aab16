// The map, and a second one above it while two states are compared.

import maplibregl, { type Map as GlMap } from 'maplibre-gl/dist/maplibre-gl-csp';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-csp-worker.js?url';
import rtlUrl from '@mapbox/mapbox-gl-rtl-text/mapbox-gl-rtl-text.min.js?url';

import { onThisPage, type Bounds } from '../model/api';
import { address, refusalText } from '../model/problem';
import type { Camera, Side } from '../model/state';
import { tokenHeaders } from '../model/token';
import { BaseMap, isOfBase, type Base } from './base_map';
import { groundStyle, paintGround, type Theme } from './ground';
import { isAway, Retry, type TilePlace } from './retry';
import { entryKey, Overlays, type Drawn, type Picked } from './overlays';

maplibregl.setWorkerUrl(workerUrl);
// Joins Arabic letters and orders lines of two directions; loaded when the first such word is to be drawn.
void maplibregl.setRTLTextPlugin(rtlUrl, true);

function requestOf(given: string): maplibregl.RequestParameters {
  const url = onThisPage(given);
  return url.startsWith(address('.')) ? { url, headers: tokenHeaders() } : { url };
}

/** One of the maps, whose ground is loaded. */
interface Stack {
  base: BaseMap;
  retry: Retry;
  overlays: Overlays;
}

export interface StageEvents {
  moved(camera: Camera): void;
  clicked(lon: number, lat: number): void;
  /** Tiles of an entry were refused, in the server's words; null: there was no answer, they are asked for again. */
  failed(key: string, reason: string | null): void;
  /** Tiles of an entry arrived. */
  arrived(key: string): void;
  /** Something is asked for; that says nothing of what is ready. */
  began(): void;
  /** Something was drawn; `ready` may have another answer now. */
  drew(): void;
}

interface Arrival {
  sourceId: string;
  tile?: unknown;
  target: GlMap;
}

interface TileError {
  sourceId?: string;
  tile?: { tileID?: { canonical?: TilePlace } };
  error?: { message?: string; status?: number; body?: Blob };
}

function cameraOf(map: GlMap): Camera {
  const { lng, lat } = map.getCenter();
  return { lon: lng, lat, zoom: map.getZoom(), bearing: map.getBearing() };
}

export class Stage {
  readonly map: GlMap;
  private after: GlMap | null = null;
  private drawn: Drawn[] = [];
  private ahead: Drawn[] = [];
  private theme: Theme;
  private base: Base = null;
  private picked: Picked | null = null;
  private readonly stacks = new WeakMap<GlMap, Stack>();
  private following = false;
  private markers: maplibregl.Marker[] = [];

  constructor(
    ground: HTMLElement,
    private readonly above: HTMLElement,
    start: { camera: Camera | null; theme: Theme; label: string },
    private readonly events: StageEvents,
  ) {
    this.theme = start.theme;
    this.map = this.open(ground, start.camera, start.label);
    this.map.addControl(new maplibregl.ScaleControl({ maxWidth: 120 }), 'bottom-left');
    this.map.on('moveend', () => this.events.moved(cameraOf(this.map)));
  }

  private open(container: HTMLElement, camera: Camera | null, label: string): GlMap {
    const map = new maplibregl.Map({
      container,
      style: groundStyle(this.theme),
      center: camera ? [camera.lon, camera.lat] : [15, 20],
      zoom: camera?.zoom ?? 1.2,
      bearing: camera?.bearing ?? 0,
      maxPitch: 0,
      attributionControl: false,
      transformRequest: requestOf,
      fadeDuration: 0,
      locale: { 'Map.Title': label },
    });
    map.touchZoomRotate.disableRotation();
    map.on('click', event => this.events.clicked(event.lngLat.lng, event.lngLat.lat));
    map.on('error', event => void this.report(map, event as TileError));
    map.on('sourcedata', event => this.noteArrival(event));
    map.on('idle', () => this.settle(map));
    map.on('sourcedataloading', () => this.events.began());
    map.once('style.load', () => {
      this.stacks.set(map, { base: new BaseMap(map), overlays: new Overlays(map), retry: new Retry(map) });
      paintGround(map, this.theme);
      this.draw();
    });
    return map;
  }

  private noteArrival({ sourceId, tile, target }: Arrival): void {
    const retry = this.stacks.get(target)?.retry;
    if (tile && sourceId) retry?.arrived(sourceId);
    const key = entryKey(sourceId);
    if (!key || !sourceId) return;
    // What has come says nothing of the tiles beside it that are lost.
    if (tile && !retry?.waits(sourceId)) this.events.arrived(key);
    this.settle(target);
  }

  private settle(map: GlMap): void {
    this.stacks.get(map)?.overlays.settle();
    this.events.drew();
  }

  /** Whether nothing is under way. */
  loaded(): boolean {
    return this.maps().every(map => map.areTilesLoaded());
  }

  /** What was lost on the way is asked for at once. */
  tryAgain(): void {
    for (const map of this.maps()) this.stacks.get(map)?.retry.now();
  }

  /** Whether all is on the map that was to be shown or loaded ahead. */
  ready(): boolean {
    return this.maps().every(map => this.stacks.get(map)?.overlays.ready() ?? false);
  }

  private async report(map: GlMap, { sourceId, error, tile }: TileError): Promise<void> {
    const key = entryKey(sourceId);
    const stack = this.stacks.get(map);
    const away = isAway(error?.status);
    const place = tile?.tileID?.canonical;
    if (away && sourceId && place) stack?.retry.later(sourceId, place);
    else if (away && !place && isOfBase(sourceId)) stack?.base.forget();
    if (!key) return;
    if (away) return this.events.failed(key, null);
    const words = error?.body ? await refusalText(error.body.text(), error.status ?? 0) : '';
    this.events.failed(key, words || (error?.message ?? ''));
  }

  /** `ahead`: what comes next, to be loaded but not yet seen. */
  show(drawn: Drawn[], ahead: Drawn[], base: Base): void {
    this.base = base;
    this.drawn = drawn;
    this.ahead = ahead;
    this.draw();
  }

  private draw(): void {
    this.drawOn(this.map, this.after ? 'before' : null);
    if (this.after) this.drawOn(this.after, 'after');
  }

  private drawOn(map: GlMap, side: Side | null): void {
    const here = ({ entry: { side: of } }: Drawn): boolean => side === null || of === 'both' || of === side;
    const stack = this.stacks.get(map);
    if (!stack) return;
    stack.base.show(this.base);
    stack.overlays.show(this.drawn.filter(here), this.ahead.filter(here), [...stack.base.above]);
    stack.overlays.mark(this.picked);
  }

  /** `share` of the width, from the left, shows "before"; null ends the comparison. */
  compare(share: number | null, label: string): void {
    this.above.hidden = share === null;
    if (share === null) {
      this.endComparison();
      return;
    }
    this.above.style.setProperty('clip-path', `inset(0 0 0 ${share * 100}%)`);
    if (this.after) return;
    this.after = this.open(this.above, cameraOf(this.map), label);
    this.follow(this.map, this.after);
    this.follow(this.after, this.map);
    this.draw();
  }

  private endComparison(): void {
    if (!this.after) return;
    this.after.remove();
    this.after = null;
    this.draw();
  }

  private follow(leader: GlMap, follower: GlMap): void {
    leader.on('move', () => {
      if (this.following || (leader !== this.after && follower !== this.after)) return;
      this.following = true;
      const { lon, lat, zoom, bearing } = cameraOf(leader);
      follower.jumpTo({ center: [lon, lat], zoom, bearing });
      this.following = false;
    });
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    for (const map of this.maps()) {
      if (this.stacks.has(map)) paintGround(map, theme);
    }
  }

  setLabel(label: string): void {
    for (const map of this.maps()) map.getCanvas().setAttribute('aria-label', label);
  }

  fit(bounds: Bounds, padding: maplibregl.PaddingOptions, animate: boolean): void {
    this.map.fitBounds(bounds, { padding, maxZoom: 15, animate, duration: 600 });
  }

  jump(camera: Camera): void {
    this.map.jumpTo({
      center: [camera.lon, camera.lat],
      zoom: camera.zoom,
      bearing: camera.bearing,
    });
  }

  /** Lifts a feature out of its layer; null ends it. */
  pick(picked: Picked | null): void {
    this.picked = picked;
    for (const map of this.maps()) this.stacks.get(map)?.overlays.mark(picked);
  }

  /** Shows where values were read; on both maps, as each covers only its side. */
  mark(place: { lon: number; lat: number } | null): void {
    this.markers.forEach(marker => marker.remove());
    this.markers = place ? this.maps().map(map => this.markOn(map, place)) : [];
  }

  private markOn(map: GlMap, { lon, lat }: { lon: number; lat: number }): maplibregl.Marker {
    const element = document.createElement('div');
    element.className = 'place-mark';
    return new maplibregl.Marker({ element }).setLngLat([lon, lat]).addTo(map);
  }

  private maps(): GlMap[] {
    return this.after ? [this.map, this.after] : [this.map];
  }

  center(): { lon: number; lat: number } {
    const { lng, lat } = this.map.getCenter();
    return { lon: lng, lat };
  }
}
