// A small map on which a place is chosen: the one under the cross. Loaded when it is asked for.

import { h } from '../interface/dom';
import { findGround, type Ground } from './ground';
import type { Place } from './place';
import { pixelOf, placeAt, TILE, type Point } from './projection';
import { say } from './words';

const DEEPEST = 18;
const STEP = 64; // pixels for one press of an arrow key
const TAP = 8; // pixels that a finger may tremble
const ARROWS: Record<string, Point> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name);

class SmallMap {
  readonly element = h('canvas', { class: 'small-map', tabindex: 0, 'aria-label': say('chooserHelp') });
  private ground: Ground | null = null;
  private readonly pictures = new Map<string, HTMLImageElement>();
  private readonly fingers = new Map<number, Point>();
  private moved = 0;

  constructor(
    private middle: Place,
    private zoom: number,
  ) {
    const { element } = this;
    element.addEventListener('pointerdown', event => this.touch(event));
    element.addEventListener('pointermove', event => this.drag(event));
    element.addEventListener('pointerup', event => this.lift(event));
    element.addEventListener('pointercancel', event => this.fingers.delete(event.pointerId));
    element.addEventListener('wheel', event => {
      event.preventDefault();
      this.zoomBy(event.deltaY < 0 ? 1 : -1);
    });
    element.addEventListener('keydown', event => this.press(event));
    new ResizeObserver(() => this.draw()).observe(element);
  }

  get place(): Place {
    return this.middle;
  }

  show(ground: Ground): void {
    this.ground = ground;
    this.draw();
  }

  zoomBy(by: number): void {
    this.zoom = Math.max(1, Math.min(DEEPEST, this.zoom + by));
    this.draw();
  }

  private moveBy({ x, y }: Point): void {
    const at = pixelOf(this.middle, this.zoom);
    this.middle = placeAt({ x: at.x + x, y: at.y + y }, this.zoom);
    this.draw();
  }

  private press(event: KeyboardEvent): void {
    const step = ARROWS[event.key];
    const zoom = { '+': 1, '=': 1, '-': -1 }[event.key];
    if (!step && !zoom) return;
    event.preventDefault();
    if (step) this.moveBy(step);
    if (zoom) this.zoomBy(zoom);
  }

  private touch(event: PointerEvent): void {
    this.element.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    this.moved = 0;
  }

  private drag(event: PointerEvent): void {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.offsetX, y: event.offsetY };
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.fingers.set(event.pointerId, now);
    if (other) {
      this.pinch(Math.hypot(before.x - other.x, before.y - other.y), Math.hypot(now.x - other.x, now.y - other.y));
      return;
    }
    this.moved += Math.hypot(now.x - before.x, now.y - before.y);
    if (this.moved > TAP) this.moveBy({ x: before.x - now.x, y: before.y - now.y });
  }

  private pinch(before: number, now: number): void {
    this.moved = TAP + 1;
    this.zoomBy(Math.log2(Math.max(1, now) / Math.max(1, before)));
  }

  private lift(event: PointerEvent): void {
    this.fingers.delete(event.pointerId);
    const { clientWidth, clientHeight } = this.element;
    if (this.moved <= TAP) this.moveBy({ x: event.offsetX - clientWidth / 2, y: event.offsetY - clientHeight / 2 });
  }

  private draw(): void {
    const { element } = this;
    const { clientWidth: width, clientHeight: height } = element;
    const ratio = window.devicePixelRatio;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    const pen = element.getContext('2d');
    if (!pen || width === 0) return;
    pen.scale(ratio, ratio);
    pen.fillStyle = colour('--raised');
    pen.fillRect(0, 0, width, height);
    const at = pixelOf(this.middle, this.zoom);
    const corner = { x: at.x - width / 2, y: at.y - height / 2 };
    if (this.ground && 'template' in this.ground) this.drawTiles(pen, corner, this.ground.template);
    else if (this.ground) this.drawOutline(pen, corner, this.ground);
    this.drawCross(pen, width / 2, height / 2);
  }

  /** Between two whole zooms the tiles of the one below are drawn larger. */
  private drawTiles(pen: CanvasRenderingContext2D, corner: Point, template: string): void {
    const level = Math.floor(this.zoom);
    const side = TILE * 2 ** (this.zoom - level);
    const count = 2 ** level;
    const { clientWidth, clientHeight } = this.element;
    for (let row = Math.floor(corner.y / side); row * side < corner.y + clientHeight; row++) {
      if (row < 0 || row >= count) continue;
      for (let column = Math.floor(corner.x / side); column * side < corner.x + clientWidth; column++) {
        const x = ((column % count) + count) % count;
        const picture = this.picture(template.replace('{z}', String(level)).replace('{x}', String(x)).replace('{y}', String(row)));
        if (picture) pen.drawImage(picture, column * side - corner.x, row * side - corner.y, side, side);
      }
    }
  }

  /** Null until it is there. */
  private picture(url: string): HTMLImageElement | null {
    const known = this.pictures.get(url);
    if (known) return known.complete && known.naturalWidth > 0 ? known : null;
    const picture = new Image();
    picture.addEventListener('load', () => this.draw());
    picture.src = url;
    this.pictures.set(url, picture);
    return null;
  }

  private drawOutline(pen: CanvasRenderingContext2D, corner: Point, ground: Extract<Ground, { land: unknown }>): void {
    const line = (places: number[][]): void => {
      places.forEach(([lon = 0, lat = 0], i) => {
        const { x, y } = pixelOf({ lon, lat }, this.zoom);
        if (i === 0) pen.moveTo(x - corner.x, y - corner.y);
        else pen.lineTo(x - corner.x, y - corner.y);
      });
    };
    pen.beginPath();
    ground.land.forEach(line);
    pen.fillStyle = colour('--surface');
    pen.fill();
    ground.borders.forEach(line);
    pen.strokeStyle = colour('--quiet');
    pen.stroke();
  }

  /** A light line in a dark one: seen on every ground. */
  private drawCross(pen: CanvasRenderingContext2D, x: number, y: number): void {
    const arms = new Path2D(`M${x - 16} ${y}h11M${x + 5} ${y}h11M${x} ${y - 16}v11M${x} ${y + 5}v11`);
    for (const [width, ink] of [[5, '#ffffff'], [2.5, '#a3271d']] as const) {
      pen.lineWidth = width;
      pen.strokeStyle = ink;
      pen.stroke(arms);
    }
  }
}

/** The place that was chosen; null when none was. `near`: where the map begins. */
export async function choosePlace(near: Place | null): Promise<Place | null> {
  const map = new SmallMap(near ?? { lon: 20, lat: 20 }, near ? 15 : 2);
  const note = h('p', { class: 'quiet' }, say('chooserHelp'));
  const button = (text: string, label: string | undefined, click: () => void, kind = ''): HTMLButtonElement =>
    h('button', { type: 'button', class: kind, 'aria-label': label }, { click }, text);
  const dialog = h(
    'dialog',
    { class: 'chooser', 'aria-label': say('useMap') },
    note,
    map.element,
    h(
      'div',
      { class: 'buttons' },
      button('+', say('zoomIn'), () => map.zoomBy(1)),
      button('−', say('zoomOut'), () => map.zoomBy(-1)),
      button(say('cancel'), undefined, () => dialog.close()),
      button(say('useThisPlace'), undefined, () => dialog.close('chosen'), 'primary'),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  map.element.focus();
  void findGround().then(ground => {
    map.show(ground);
    if (!('template' in ground)) note.append(` ${say('mapNoGround')}`);
  });
  await new Promise(resolve => dialog.addEventListener('close', resolve, { once: true }));
  dialog.remove();
  return dialog.returnValue === 'chosen' ? map.place : null;
}
