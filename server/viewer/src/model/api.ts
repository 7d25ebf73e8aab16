// The public interface of the server as the viewer sees it. Nothing else is asked for anything.

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
  /** The moments of a layer that has several, ascending. */
  times?: string[];
  provenance?: Provenance;
}

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
  bands?: Band[];
  /** Names of the algorithms that this layer can be shown by as it is. */
  algorithms?: string[];
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
}

export interface LegendEntry {
  value?: number;
  range?: [number, number];
  label?: string;
  color: string;
}

export interface Legend {
  title: string;
  kind: 'ramp' | 'classes' | 'symbols';
  entries: LegendEntry[];
  unit?: string;
}

export interface PointValues {
  lon: number;
  lat: number;
  values?: { band: number | string; value: number | null; unit?: string; title?: string }[];
  features?: { properties?: Record<string, unknown> }[];
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

export function address(path: string, query: Query = {}): string {
  const url = new URL(path, document.baseURI.split('#')[0]);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/** What a refusal says: its `detail`, its `title`, or the bare status when it is no problem document. */
export async function refusalText(body: Promise<string> | string, status: number): Promise<string> {
  try {
    const problem = JSON.parse(await body) as { detail?: string; title?: string };
    return problem.detail ?? problem.title ?? String(status);
  } catch {
    return String(status);
  }
}

async function ask<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(address(path, query), { headers: tokenHeaders(), ...(signal ? { signal } : {}) });
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

async function layersDocument(): Promise<Partial<Catalogue>> {
  try {
    return await ask('layers', { problems: '1' });
  } catch (refusal) {
    // Ended or revoked: what everyone may see is still there.
    if (refusal instanceof Refusal && refusal.status === 401 && forgetToken()) return ask('layers', { problems: '1' });
    throw refusal;
  }
}

export async function catalogue(): Promise<Catalogue> {
  const answer = await layersDocument();
  // Features have no pictures to lay on the map.
  const pictures = (answer.layers ?? []).filter(({ kind }) => kind !== 'vector');
  return { layers: pictures.map(unsaid), problems: answer.problems ?? [] };
}

export const layerDetail = async (id: string): Promise<LayerDetail> =>
  unsaid(await ask<LayerDetail>(layerPath(id)));

export const algorithms = async (): Promise<Algorithm[]> =>
  (await ask<{ algorithms?: Algorithm[] }>('algorithms')).algorithms ?? [];

export const tileJson = (id: string, query: Query): Promise<TileJson> =>
  ask(`tiles/${encodeURIComponent(id)}/tilejson.json`, query);

/** The observation that a time means, as the server tells it, of several from the first to the last; "none" when there is none. */
export async function observedAt(id: string, time: string): Promise<string | null> {
  const answer = await fetch(address(`tiles/${encodeURIComponent(id)}/0/0/0.png`, { time }), {
    method: 'HEAD',
    headers: tokenHeaders(),
  });
  return answer.headers.get('X-Relief-Observed');
}

export const legend = (id: string, query: Query): Promise<Legend> =>
  ask(`${layerPath(id)}/legend.json`, query);

export const statistics = (id: string, query: Query): Promise<{ bands: BandStatistics[] }> =>
  ask(`${layerPath(id)}/statistics`, query);

const previewAddress = (layer: LayerSummary): string =>
  address(`${layerPath(layer.id)}/preview.png`, layer.version ? { v: layer.version } : {});

/** What only a token opens is fetched with it: as the address of a picture it would carry the token along. */
export async function showPreview(picture: HTMLImageElement, layer: LayerSummary): Promise<void> {
  if ((layer.sensitivity ?? 'low') === 'low') {
    picture.src = previewAddress(layer);
    return;
  }
  const answer = await fetch(previewAddress(layer), { headers: tokenHeaders() });
  if (answer.ok) picture.src = URL.createObjectURL(await answer.blob());
}

export const pointValues = (id: string, query: Query, signal?: AbortSignal): Promise<PointValues> =>
  ask(`${layerPath(id)}/point`, query, signal);
