// Parts of MapLibre styles: what a page changes in them before it draws them.

import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';

type Json = unknown;

const OPACITIES: Readonly<Record<string, readonly string[]>> = {
  background: ['background-opacity'],
  fill: ['fill-opacity'],
  line: ['line-opacity'],
  circle: ['circle-opacity', 'circle-stroke-opacity'],
  symbol: ['icon-opacity', 'text-opacity'],
  heatmap: ['heatmap-opacity'],
  raster: ['raster-opacity'],
  'color-relief': ['color-relief-opacity'],
  'fill-extrusion': ['fill-extrusion-opacity'],
};

const CURVES = ['interpolate', 'interpolate-hcl', 'interpolate-lab'];
const readsZoom = (value: Json): boolean => Array.isArray(value) && value[0] === 'zoom';

/** A stated opacity times a share: a number, an expression or a function of the older kind. */
export function faded(value: Json, share: number): Json {
  if (value === undefined || value === null) return share;
  if (typeof value === 'number') return value * share;
  if (!Array.isArray(value)) {
    const stops = (value as { stops?: [number, Json][] }).stops;
    return stops ? { ...value, stops: stops.map(([at, one]) => [at, faded(one, share)]) } : share;
  }
  // The zoom may be asked only by an outermost curve: the share goes into its outputs.
  if (CURVES.includes(String(value[0])) && readsZoom(value[2])) {
    return value.map((part: Json, i) => (i >= 4 && i % 2 === 0 ? faded(part, share) : part));
  }
  if (value[0] === 'step' && readsZoom(value[1])) {
    return value.map((part: Json, i) => (i >= 2 && i % 2 === 0 ? faded(part, share) : part));
  }
  return ['*', share, value];
}

/** What makes a layer as transparent as `share` says, by the names of its paint. */
export function fadedPaint(layer: LayerSpecification, share: number): [name: string, value: Json][] {
  const paint = ('paint' in layer ? layer.paint : undefined) as Record<string, Json> | undefined;
  return (OPACITIES[layer.type] ?? []).map(name => [name, faded(paint?.[name], share)]);
}

function inTongue(text: Json, wanted: string): Json {
  if (typeof text === 'string') return text.replace(/\{name:en\}/g, `{name:${wanted}}`);
  if (!Array.isArray(text)) return text;
  if (text[0] === 'get' && text[1] === 'name:en' && text.length === 2) {
    return ['coalesce', ['get', `name:${wanted}`], text];
  }
  return text.map(part => inTongue(part, wanted));
}

/** Names in the reader's language where the data has them, else in English as the style says. */
export function namedIn(layers: readonly LayerSpecification[], language: string): LayerSpecification[] {
  if (language === 'en') return [...layers];
  return layers.map(layer => {
    if (layer.type !== 'symbol' || layer.layout?.['text-field'] === undefined) return layer;
    const field = inTongue(layer.layout['text-field'], language);
    return { ...layer, layout: { ...layer.layout, 'text-field': field } } as LayerSpecification;
  });
}

const BRIGHT = { 'text-color': '#e8eef2', 'text-halo-color': '#161e26' };

/** Words that were made for light ground, on dark: what was a white rim would be a fog around them. */
export function onDark(layers: readonly LayerSpecification[]): LayerSpecification[] {
  return layers.map(layer => {
    if (layer.type !== 'symbol' || layer.paint?.['text-halo-color'] !== '#ffffff') return layer;
    return { ...layer, paint: { ...layer.paint, ...BRIGHT } };
  });
}

/** Addresses that a source asks for. */
function addressesOf(source: SourceSpecification): string[] {
  const { url, tiles, data } = source as { url?: Json; tiles?: Json[]; data?: Json };
  return [url, data, ...(tiles ?? [])].filter((one): one is string => typeof one === 'string');
}

/**
 * The style without what other servers would have to be asked for: the page asks none.
 * `isOwn`: whether an address is this server's.
 */
export function ownPart(style: StyleSpecification, isOwn: (address: string) => boolean): StyleSpecification {
  const own = Object.entries(style.sources).filter(([, source]) => addressesOf(source).every(isOwn));
  const sources = Object.fromEntries(own);
  const layers = style.layers.filter(layer => !('source' in layer) || String(layer.source) in sources);
  return { ...style, sources, layers };
}
