// The parameters of an algorithm: from the fields of a form to the JSON of an address, and back.

import type { AlgorithmParameter } from './api';

export type Values = Record<string, string>;

/** What the address gives; nothing of what is no flat object of numbers, words and switches. */
export function valuesOf(text: string): Values {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return {};
    const plain = Object.entries(parsed).filter(([, value]) => ['number', 'string', 'boolean'].includes(typeof value));
    return Object.fromEntries(plain.map(([name, value]) => [name, String(value)]));
  } catch {
    return {};
  }
}

/** JSON of what differs from the algorithm's own; empty when nothing does. What is no number is left out. */
export function textOf(values: Values, parameters: readonly AlgorithmParameter[]): string {
  const given: Record<string, number | string> = {};
  for (const { name, choices, default: own } of parameters) {
    const text = (values[name] ?? '').trim();
    if (text === '' || text === String(own)) continue;
    if (choices) given[name] = text;
    else if (Number.isFinite(Number(text))) given[name] = Number(text);
  }
  return Object.keys(given).length ? JSON.stringify(given) : '';
}
