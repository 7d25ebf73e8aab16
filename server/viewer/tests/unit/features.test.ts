import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { expect, test } from 'vitest';

import { attribution } from '../../src/interface/origin';
import type { LayerSummary, StyleSummary } from '../../src/model/api';
import { nameOf, shownAttributes } from '../../src/model/attributes';
import { baseOf, offeredBases } from '../../src/model/base_choice';
import { findings } from '../../src/model/first_choice';
import { faded, fadedPaint, namedIn, ownPart } from '../../src/model/style_parts';
import type { Sight } from '../../src/model/timeline';
import { tileAt } from '../../src/model/tiles';
import { Words } from '../../src/words/words';

test('an opacity that is stated is multiplied, one that is not is set', () => {
  expect(faded(undefined, 0.5)).toBe(0.5);
  expect(faded(0.4, 0.5)).toBe(0.2);
  expect(faded(['get', 'share'], 0.5)).toEqual(['*', 0.5, ['get', 'share']]);
});

test('a curve over the zoom stays the outermost expression, with its outputs multiplied', () => {
  const curve = ['interpolate', ['linear'], ['zoom'], 5, 0.8, 10, ['get', 'a']];

  expect(faded(curve, 0.5)).toEqual(['interpolate', ['linear'], ['zoom'], 5, 0.4, 10, ['*', 0.5, ['get', 'a']]]);
  expect(faded(['step', ['zoom'], 0.2, 7, 1], 0.5)).toEqual(['step', ['zoom'], 0.1, 7, 0.5]);
  expect(faded({ stops: [[5, 0.2], [9, 1]] }, 0.5)).toEqual({ stops: [[5, 0.1], [9, 0.5]] });
  // A curve over an attribute is an expression like any other.
  expect(faded(['step', ['get', 'n'], 0, 1, 1], 0.5)).toEqual(['*', 0.5, ['step', ['get', 'n'], 0, 1, 1]]);
});

test('points fade with their rims, words with their icons', () => {
  const circle = { id: 'c', type: 'circle', source: 's', paint: { 'circle-opacity': 0.5 } } as LayerSpecification;
  const symbol = { id: 's', type: 'symbol', source: 's' } as LayerSpecification;

  expect(fadedPaint(circle, 0.5)).toEqual([['circle-opacity', 0.25], ['circle-stroke-opacity', 0.5]]);
  expect(fadedPaint(symbol, 0).map(([name]) => name)).toEqual(['icon-opacity', 'text-opacity']);
});

const field = (layers: LayerSpecification[]): unknown => (layers[0]?.layout as Record<string, unknown>)['text-field'];

test('names are asked for in the language of the page before English', () => {
  const names = { id: 'n', type: 'symbol', source: 's', layout: { 'text-field': ['coalesce', ['get', 'name:en'], ['get', 'name']] } } as LayerSpecification;
  const old = { id: 'n', type: 'symbol', source: 's', layout: { 'text-field': '{name:en}' } } as LayerSpecification;
  const arabic = ['coalesce', ['get', 'name:ar'], ['get', 'name:en']];

  expect(field(namedIn([names], 'ar'))).toEqual(['coalesce', arabic, ['get', 'name']]);
  expect(field(namedIn([old], 'ar'))).toBe('{name:ar}');
  expect(field(namedIn([names], 'en'))).toEqual(field([names]));
});

test('what another server would be asked for is not drawn', () => {
  const style: StyleSpecification = {
    version: 8,
    sources: {
      own: { type: 'vector', url: 'http://here/tiles/a/tilejson.json' },
      far: { type: 'raster', tiles: ['https://far.example/{z}/{x}/{y}.png'] },
      inline: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    },
    layers: [
      { id: 'ground', type: 'background' },
      { id: 'a', type: 'line', source: 'own', 'source-layer': 'a' },
      { id: 'b', type: 'raster', source: 'far' },
      { id: 'c', type: 'fill', source: 'inline' },
    ],
  };

  const own = ownPart(style, address => address.startsWith('http://here/'));

  expect(Object.keys(own.sources)).toEqual(['own', 'inline']);
  expect(own.layers.map(({ id }) => id)).toEqual(['ground', 'a', 'c']);
});

const english = new Words('en');
const texts = (properties: Record<string, unknown>): string[] => shownAttributes(properties, english).map(({ text }) => text);

test('numbers that count are divided at their thousands, those that name are not', () => {
  expect(texts({ people: 12500, osm_id: 4294967296, site_code: 20190101, year: 2019, depth: 1.25 })).toEqual(
    ['12,500', '4294967296', '20190101', '2019', '1.25'],
  );
});

test('what is not stated has no row, dates are written as dates, only addresses of the web are links', () => {
  expect(texts({ a: null, b: '', c: ' ', d: 0, e: false })).toEqual(['0', '✗']);
  expect(texts({ opened: '2019-03-01', seen: '2019-03-01 10:30:00', code: '2019' })[0]).toBe('Mar 1, 2019');
  const links = shownAttributes({ a: 'https://x.example/1', b: 'javascript:alert(1)', c: 'see https://x.example' }, english);
  expect(links.map(({ link }) => link)).toEqual(['https://x.example/1', undefined, undefined]);
});

test('a feature is called in the language of the page, else by what the data has', () => {
  const camp = { id: 7, name: 'North camp', 'name:ar': 'المخيم الشمالي' };

  expect(nameOf(camp, 'ar')).toBe('المخيم الشمالي');
  expect(nameOf(camp, 'fr')).toBe('North camp');
  expect(nameOf({ ADM1_EN: 'Ouest' }, 'en')).toBe('Ouest');
  expect(nameOf({ ST_PCODE: 'MMR010', seen: '2019-03-01', ST: 'Mandalay' }, 'en')).toBe('Mandalay');
  expect(nameOf({ name: 12, depth: 3, code: 'MMR010', page: 'https://x.example' }, 'en')).toBeNull();
});

function style(id: string, layers: string[], subject = ''): StyleSummary {
  return { id, title: id, version: '1', layers, subject, thumbnail: '', tiles: '' };
}
const styles = [style('base-dark', ['land']), style('base-light', ['land']), style('flood', ['land'], 'flood-extent'), style('heat', ['event-points', 'land'], 'event-points')];

test('the base map suits the theme until the reader chooses, where its layers are there', () => {
  expect(baseOf(styles, null, 'dark')?.id).toBe('base-dark');
  expect(baseOf(styles, 'heat', 'dark')?.id).toBe('heat');
  expect(baseOf(styles, 'outline', 'dark')).toBeNull();
  expect(baseOf(styles, 'gone', 'light')?.id).toBe('base-light');
  expect(baseOf([style('base-light', [])], null, 'light')).toBeNull();
});

test('maps of a subject are offered as ground only where their subject is', () => {
  expect(offeredBases(styles).map(({ id }) => id)).toEqual(['base-dark', 'base-light', 'heat']);
});

function layer(id: string, west: number, east: number): LayerSummary {
  return { id, title: id, kind: 'vector', bounds: [west, 0, east, 10], minzoom: 0, maxzoom: 14 };
}

test('what a base map is made of, and what covers the world, is not what a reader came for', () => {
  const layers = [layer('land', -180, 180), layer('rain', -180, 180), layer('camps', 36, 37)];

  expect(findings(layers, styles).map(({ id }) => id)).toEqual(['camps']);
  expect(findings(layers.slice(0, 2), styles).map(({ id }) => id)).toEqual(['rain']);
  expect(findings(layers.slice(0, 1), styles)).toEqual([]);
});

test('a place lies in a tile, also at the ends of the world', () => {
  expect(tileAt(35.03, 33.77, 14)).toBe('14/9786/6557');
  expect(tileAt(0, 0, 0.4)).toBe('0/0/0');
  expect(tileAt(180, -90, 2)).toBe('2/3/3');
  expect(tileAt(-180, 90, 30)).toBe('22/0/0');
});

test('a layer without a source is credited by its title, never by its id', () => {
  const words = new Words('en');
  const credited = (title: string, provenance = {}): string[] => {
    const sight = { entry: { query: {} }, observed: null, behind: 0, missing: false } as Sight;
    return attribution({ ...layer('wells', 0, 1), title, provenance }, sight, words);
  };

  expect(credited('wells')).toEqual([]);
  expect(credited('Wells of the district')).toEqual(['Wells of the district']);
  expect(credited('wells', { source: 'Survey' })).toEqual(['Survey']);
  expect(credited('wells', { licence: 'CC0' })).toEqual(['CC0']);
});
