// A reader's choices of how a layer is shown, and the words of the address that ask for it.

import type { Query } from './api';
import { outputs } from './bands';

export type View = 'published' | 'rgb' | 'band' | 'formula' | 'algorithm';

export interface Choice {
  view: View;
  /** Three bands for 'rgb', one for 'band'. */
  bands: number[];
  expression: string;
  algorithm: string;
  /** JSON, or empty for the algorithm's own. */
  parameters: string;
  /** The earlier date for algorithms of two dates; empty for the one before. */
  against: string;
  colormap: string;
  /** "low,high", or empty for the server's own. */
  rescale: string;
  resampling: string;
  time: string;
}

function viewOf(query: Query): View {
  if (query['algorithm']) return 'algorithm';
  if (query['expression']) return 'formula';
  if (!query['bands']) return 'published';
  return query['bands'].includes(',') ? 'rgb' : 'band';
}

export function choiceOf(query: Query): Choice {
  return {
    view: viewOf(query),
    bands: (query['bands'] ?? '').split(',').map(Number).filter(band => band > 0),
    expression: query['expression'] ?? '',
    algorithm: query['algorithm'] ?? '',
    parameters: query['algorithm_params'] ?? '',
    against: query['against'] ?? '',
    colormap: query['colormap'] ?? '',
    rescale: query['rescale'] ?? '',
    resampling: query['resampling'] ?? '',
    time: query['time'] ?? '',
  };
}

/** Only what was chosen: what is left out follows the layer's published style. */
export function queryOf(choice: Choice, bandCount: number): Query {
  const query: Query = {};
  if (choice.time) query['time'] = choice.time;
  const bands = choice.view === 'rgb' || choice.view === 'band' || choice.view === 'algorithm';
  if (bands && choice.bands.length > 0) query['bands'] = choice.bands.join(',');
  if (choice.view === 'formula' && choice.expression.trim()) {
    query['expression'] = choice.expression.trim();
  }
  if (choice.view === 'algorithm' && choice.algorithm) {
    query['algorithm'] = choice.algorithm;
    if (choice.parameters) query['algorithm_params'] = choice.parameters;
    if (choice.against) query['against'] = choice.against;
  }
  if (choice.colormap && outputs(query, bandCount) === 1) query['colormap'] = choice.colormap;
  if (choice.rescale) query['rescale'] = choice.rescale;
  if (choice.resampling) query['resampling'] = choice.resampling;
  return query;
}

/** The choice after another view was taken: a range of the old values means nothing for the new ones. */
export function withView(choice: Choice, view: View, bandNumbers: number[]): Choice {
  const [first = 1] = bandNumbers;
  const bands = view === 'rgb' ? bandNumbers.slice(0, 3) : view === 'band' ? [first] : [];
  return { ...choice, view, bands, rescale: '' };
}

/** The choice after another algorithm was taken: nothing that was said of the old one is kept. */
export function withAlgorithm(choice: Choice, algorithm: string): Choice {
  const fresh = { parameters: '', against: '', bands: [], rescale: '', colormap: '' };
  return { ...choice, ...fresh, view: 'algorithm', algorithm };
}
