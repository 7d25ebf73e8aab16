// What the state and the server's answers make of the map: its layers, what comes next, and what lies below.

import type { Base } from './map/base_map';
import type { Theme } from './map/ground';
import type { Content } from './map/frames';
import type { Drawn } from './map/overlays';
import { onThisPage, type StyleSummary, type TileJson } from './model/api';
import { baseOf } from './model/base_choice';
import type { Book, Page } from './model/book';
import type { Entry, Store } from './model/state';
import { address } from './model/problem';
import { namedIn, onDark, ownPart } from './model/style_parts';
import type { Timeline } from './model/timeline';

const DARK_BASES = ['base-dark', 'base-night'];
const DEEPEST = 22; // zoom that the server draws features for

/** The same features as pictures. */
function drawnThere(tiles: TileJson, style: string | undefined): TileJson {
  const asked = style ? `&style=${encodeURIComponent(style)}` : '';
  const pictures = tiles.tiles.map(template => template.replace('{y}.mvt', '{y}.webp') + asked);
  return { ...tiles, tiles: pictures, maxzoom: DEEPEST };
}

/** How the page looks and speaks. */
export interface Look {
  language: string;
  theme: Theme;
}

export class Scene {
  private lastBase: Base = null;

  constructor(
    private readonly store: Store,
    private readonly book: Book,
    private readonly timeline: Timeline,
  ) {}

  /** The entry as the server is asked for it; null where it is known that there is nothing to ask for. */
  asked(entry: Entry): Entry | null {
    const sight = this.timeline.sight(entry);
    return sight.missing && !entry.query['time'] ? null : sight.entry;
  }

  /** The top of the map first. */
  now(look: Look): Drawn[] {
    return this.drawn(null, entry => this.book.page(entry.key), look);
  }

  ahead(moment: string, look: Look): Drawn[] {
    return this.drawn(moment, entry => this.book.answer(entry), look);
  }

  /** Whether the server has said all that is needed to show a moment. */
  isKnown(moment: string | null): boolean {
    return this.store.state.entries.every(one => {
      const { entry, missing } = this.timeline.sight(one, moment);
      return missing || !this.book.layer(entry.id) || this.book.answer(entry) !== null;
    });
  }

  private drawn(moment: string | null, pageOf: (entry: Entry) => Page | null, look: Look): Drawn[] {
    return this.store.state.entries.flatMap(one => {
      const { entry, missing } = this.timeline.sight(one, moment);
      const bounds = this.book.layer(entry.id)?.bounds;
      const page = bounds && !missing ? pageOf(entry) : null;
      const content = page ? this.contentOf(entry, page, look) : null;
      return bounds && (content || missing) ? [{ entry, content, bounds }] : [];
    });
  }

  /** Null until it is known. */
  private contentOf({ query }: Entry, { tiles, style }: Page, { language, theme }: Look): Content | null {
    if (!tiles) return null;
    const { light } = this.store.state;
    if (!style) return { tiles, style, light };
    // The server draws features by a style, but of no time and without a filter.
    const plain = !query['time'] && !query['filter'];
    if (light && plain) return { tiles: drawnThere(tiles, query['style']), style: null, light };
    const layers = namedIn(style.layers, language);
    return { tiles, style: { ...style, layers: this.isDark(theme) ? onDark(layers) : layers }, light };
  }

  private isDark(theme: Theme): boolean {
    const style = this.baseStyle(theme);
    return style ? DARK_BASES.includes(style.id) : theme === 'dark';
  }

  baseStyle(theme: Theme): StyleSummary | null {
    return baseOf(this.book.styles, this.store.state.base, theme);
  }

  /** What lies under the layers; until it is there, what lay there before. */
  base({ theme, language }: Look): Base {
    const style = this.baseStyle(theme);
    this.lastBase = style ? (this.drawnBase(style, language) ?? this.lastBase) : null;
    return this.lastBase;
  }

  private drawnBase(style: StyleSummary, language: string): Base {
    const { id, version, tiles } = style;
    if (this.store.state.light) {
      return { name: `tiles ${id} ${version}`, tiles: onThisPage(tiles).replace(/\.png(?=\?|$)/, '.webp') };
    }
    const document = this.book.document(style);
    if (!document) return null;
    const own = ownPart(document, one => onThisPage(one).startsWith(address('.')));
    return {
      name: `${id} ${version} ${language}`,
      style: { ...own, layers: namedIn(own.layers, language) },
      sprite: `styles/${id}/sprite`,
    };
  }
}
