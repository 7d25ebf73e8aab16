// The public interface of the server as the viewer sees it. Nothing else is asked for anything.

import type { StyleSpecification } from 'maplibre-gl';

import { address, refusalText } from './problem';
import { forgetToken, tokenHeaders } from './token';

export type Bounds = [west: number, south: number, east: number, north: number];
export type Query = Record<string, string>;

export interface LayerSummary {
  id: string;
  title: string;
  kind: string;
  bounds: Bounds;
  minzoom: number;
  maxzoom: number;
  /** What its values are: imagery, continuous, categorical, mask or elevation. */
  raster_kind?: string;
  sensitivity?: string;
  version?: string;
  tiles?: string[];
  /** The moments of a layer that has several, ascending. */
  times?: string[];
  /** Of features that have times each: they are all shown as long as no time is chosen. */
  time_attribute?: string | null;
  provenance?: Provenance;
  /** Of a layer of features: how many, and whether they are areas, lines or points. */
  features?: number;
  geometries?: Geometry[];
}

export type Geometry = 'area' | 'line' | 'point';

export const hasFeatures = ({ kind }: LayerSummary): boolean => kind === 'vector' || kind === 'reports';

export interface Provenance {
  source?: string;
  licence?: string;
  acquired?: string;
  processed?: string;
  method?: string;
  confidence?: string;
  supersedes?: string;
  preliminary?: boolean;
}

export interface Band {
  band: number;
  title?: string;
  type?: string;
  unit?: string;
}

export interface LayerDetail extends LayerSummary {
  /** When it changed last. */
  modified?: string;
  bands?: Band[];
  /** Names of the algorithms that this layer can be shown by as it is. */
  algorithms?: string[];
  attributes?: { name: string; type: string }[];
}

/** A style that the server has: a base map, or a map of a subject. */
export interface StyleSummary {
  id: string;
  title: string;
  version: string;
  /** Layers of this server that it draws from and the reader may see. */
  layers: string[];
  thumbnail: string;
  tiles: string;
  about?: string;
  attribution?: string;
  /** The layer that it is about; empty for a base map. */
  subject?: string;
}

/** A member of `algorithm_params`: a number within bounds, or one of some words. */
export interface AlgorithmParameter {
  name: string;
  meaning: string;
  choices?: string[];
  minimum?: number;
  maximum?: number;
  unit?: string;
  default: number | string | null;
}

export interface Algorithm {
  name: string;
  title: string;
  two_dates: boolean;
  parameters: AlgorithmParameter[];
  paper: string;
  validity: string;
}

export interface Problem {
  subject: string;
  reason: string;
}

export interface Catalogue {
  layers: LayerSummary[];
  problems: Problem[];
}

export interface TileJson {
  tiles: string[];
  bounds?: Bounds;
  minzoom?: number;
  maxzoom?: number;
  attribution?: string;
  vector_layers?: { id: string }[];
}

export interface LegendEntry {
  value?: number;
  range?: [number, number];
  label?: string;
  color: string;
  shape?: Geometry | 'symbol';
  /** How the map draws it, where a colour does not tell: the address of a small picture. */
  image?: string;
}

export interface Legend {
  title: string;
  kind: 'ramp' | 'classes' | 'symbols';
  entries: LegendEntry[];
  unit?: string;
}

export interface FoundFeature {
  id?: number;
  geometry?: Geometry;
  properties?: Record<string, unknown>;
}

export interface PointValues {
  lon: number;
  lat: number;
  values?: { band: number | string; value: number | null; unit?: string; title?: string }[];
  features?: FoundFeature[];
  time?: string | null;
}

export interface BandStatistics {
  band: number;
  min?: number;
  max?: number;
  percentiles?: Record<string, number>;
  histogram?: { counts: number[]; edges: number[] };
}

/** A refusal of the server, in its own words (RFC 9457 `detail`). */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

/** How the server calls itself (`public_url`): "" until it has said so. */
let ownName = '';

/** `given`: an address below the server's name. */
function noteName(given: string | undefined): void {
  const at = given?.search(/\/(tiles|styles)\//) ?? -1;
  if (given && at > 0) ownName = given.slice(0, at);
}

/** An address of this server, under the name that this page was opened by; others as they are. */
export function onThisPage(url: string): string {
  if (!ownName || !url.startsWith(`${ownName}/`)) return url;
  return address('.') + url.slice(ownName.length + 1);
}

async function ask<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const shown = tokenHeaders();
  const answer = await fetch(address(path, query), { headers: shown, ...(signal ? { signal } : {}) });
  if (answer.status === 401 && shown['Authorization']) {
    forgetToken(); // ended or revoked: what everyone may see is still there
    return ask(path, query, signal);
  }
  if (!answer.ok) {
    throw new Refusal(answer.status, await refusalText(answer.text(), answer.status));
  }
  return (await answer.json()) as T;
}

/** The server says "not stated" in words of its own language; the page says it in the reader's. */
function unsaid<L extends LayerSummary>(layer: L): L {
  const stated = Object.entries(layer.provenance ?? {}).filter(([, text]) => text !== 'not stated');
  return { ...layer, provenance: Object.fromEntries(stated) };
}

const layerPath = (id: string): string => `layers/${encodeURIComponent(id)}`;

// What the map knows how to draw; a newer server may have others.
const KINDS = ['raster', 'mosaic', 'vector', 'reports'];

export async function catalogue(): Promise<Catalogue> {
  const answer = await ask<Partial<Catalogue>>('layers', { problems: '1' });
  const layers = (answer.layers ?? []).filter(({ kind }) => KINDS.includes(kind));
  noteName(answer.layers?.[0]?.tiles?.[0]);
  return { layers: layers.map(unsaid), problems: answer.problems ?? [] };
}

export const layerDetail = async (id: string): Promise<LayerDetail> =>
  unsaid(await ask<LayerDetail>(layerPath(id)));

export const algorithms = async (): Promise<Algorithm[]> =>
  (await ask<{ algorithms?: Algorithm[] }>('algorithms')).algorithms ?? [];

/** Those that a reader may see; none where the server knows no styles. */
export async function styles(): Promise<StyleSummary[]> {
  const { styles: all = [] } = await ask<{ styles?: StyleSummary[] }>('styles');
  noteName(all[0]?.tiles);
  return all;
}

export const styleDocument = (id: string, version: string): Promise<StyleSpecification> =>
  ask(`styles/${encodeURIComponent(id)}.json`, { v: version });

/** How a layer of features is drawn: in plain colours, or by the part of a style that draws it. */
export const layerStyle = (id: string, style: string): Promise<StyleSpecification> =>
  ask(`${layerPath(id)}/style.json`, style ? { style } : {});

export const tileJson = (id: string, query: Query): Promise<TileJson> =>
  ask(`tiles/${encodeURIComponent(id)}/tilejson.json`, query);

/** The same tiles in another version; what is new may lie outside of what was known. */
export function renewed({ bounds: _, ...known }: TileJson, version: string): TileJson {
  return { ...known, tiles: known.tiles.map(template => template.replace(/([?&]v=)[^&]*/, `$1${encodeURIComponent(version)}`)) };
}

/** The observation that a time means, as the server tells it, of several from the first to the last; "none" when there is none. */
export async function observedAt(layer: LayerSummary, time: string): Promise<string | null> {
  const tile = hasFeatures(layer) ? '0/0/0.mvt' : '0/0/0.png';
  const answer = await fetch(address(`tiles/${encodeURIComponent(layer.id)}/${tile}`, { time }), {
    method: 'HEAD',
    headers: tokenHeaders(),
  });
  return answer.headers.get('X-Relief-Observed');
}

export const legend = (id: string, query: Query): Promise<Legend> =>
  ask(`${layerPath(id)}/legend.json`, query);

export const statistics = (id: string, query: Query): Promise<{ bands: BandStatistics[] }> =>
  ask(`${layerPath(id)}/statistics`, query);

const PREVIEW_SIDE = '96'; // pixels: shown in less than half, for fine screens

const previewAddress = ({ id, version }: LayerSummary): string =>
  address(`${layerPath(id)}/preview.png`, { size: PREVIEW_SIDE, ...(version ? { v: version } : {}) });

/** What only a token opens is fetched with it: as the address of a picture it would carry the token along. */
export async function showPreview(picture: HTMLImageElement, layer: LayerSummary): Promise<void> {
  if ((layer.sensitivity ?? 'low') === 'low') {
    picture.src = previewAddress(layer);
    return;
  }
  const answer = await fetch(previewAddress(layer), { headers: tokenHeaders() });
  if (answer.ok) picture.src = URL.createObjectURL(await answer.blob());
}

/** The features that a finger touches on a map of this zoom. `tile`: the one under it, as "z/x/y". */
export const touched = (id: string, tile: string, query: Query, signal?: AbortSignal): Promise<PointValues> =>
  ask(`tiles/${encodeURIComponent(id)}/${tile}/point`, query, signal);

export const pointValues = (id: string, query: Query, signal?: AbortSignal): Promise<PointValues> =>
  ask(`${layerPath(id)}/point`, query, signal);
