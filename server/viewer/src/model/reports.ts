// Reports as the server tells them, and what moderators decide on them (/reports).

import { address, refusalText } from './problem';
import { tokenHeaders } from './token';

export const STATUSES = ['new', 'verified', 'rejected', 'duplicate'] as const;
export const LEVELS = ['low', 'moderate', 'high', 'severe'] as const;
/** Why somebody looks at severe reports; the audit log keeps it. */
export const REASONS = ['review', 'response', 'correction', 'request'] as const;
export type Status = (typeof STATUSES)[number];

export interface Report {
  id: string;
  geometry: { coordinates: [lon: number, lat: number] };
  properties: {
    title: string;
    description: string;
    category: string;
    time?: string;
    severity: string;
    status: Status;
    sensitivity: (typeof LEVELS)[number];
    received: string;
    photos: string[];
    duplicate_of?: string;
    confidence?: string;
    assigned?: string;
  };
}

export interface Decision {
  status?: Status;
  sensitivity?: string;
  duplicate_of?: string;
  confidence?: string;
  assigned?: string;
  note?: string;
}

/** What a report is to say instead; what it said before is kept nowhere. */
export interface Correction {
  title?: string;
  description?: string;
  category?: string;
  severity?: string;
  time?: string;
  geometry?: { type: 'Point'; coordinates: [lon: number, lat: number] };
}

export interface Likeness {
  distance_m: number;
  hours: number;
  report: Report;
}

export interface Change {
  time: string;
  who: string;
  what: string;
  before: string;
  after: string;
}

export class NotAllowed extends Error {}

type Query = Record<string, string>;

async function answered(path: string, query: Query, more: RequestInit = {}): Promise<Response> {
  const headers = { ...tokenHeaders(), ...(more.body ? { 'Content-Type': 'application/json' } : {}) };
  const answer = await fetch(address(path, query), { ...more, headers, cache: 'no-store' });
  if (answer.status === 401 || answer.status === 403) throw new NotAllowed();
  if (!answer.ok) throw new Error(await refusalText(answer.text(), answer.status));
  return answer;
}

async function ask<T>(path: string, query: Query, more: RequestInit = {}): Promise<T> {
  return (await (await answered(path, query, more)).json()) as T;
}

const pathOf = (id: string): string => `reports/${encodeURIComponent(id)}`;

export const readReport = (id: string): Promise<Report> => ask(pathOf(id), {});

/** What moderators ask, always with the reason that they have given for severe reports. */
export class Desk {
  reason = '';

  private query(more: Query = {}): Query {
    return this.reason ? { ...more, reason: this.reason } : more;
  }

  /** Newest first, with the cursor of the next page; null: this is the last. */
  async read(status: Status, cursor: string | null): Promise<{ reports: Report[]; next: string | null }> {
    type Collection = { features: Report[]; links: { rel: string; href: string }[] };
    const query = this.query({ status, limit: '20', ...(cursor ? { cursor } : {}) });
    const { features, links } = await ask<Collection>('reports', query);
    const next = links.find(({ rel }) => rel === 'next')?.href;
    return { reports: features, next: next ? new URL(next).searchParams.get('cursor') : null };
  }

  decide(id: string, decision: Decision & Correction): Promise<Report> {
    return ask(pathOf(id), this.query(), { method: 'PATCH', body: JSON.stringify(decision) });
  }

  /** The same decision for several; which could not be changed, and why. */
  async decideAll(ids: string[], decision: Decision): Promise<{ changed: string[]; failed: { id: string; detail: string }[] }> {
    return ask('reports', this.query(), { method: 'PATCH', body: JSON.stringify({ ...decision, ids }) });
  }

  /** The likeliest first. */
  async similarTo(id: string): Promise<Likeness[]> {
    return (await ask<{ similar: Likeness[] }>(`${pathOf(id)}/similar`, this.query())).similar;
  }

  async historyOf(id: string): Promise<Change[]> {
    return (await ask<{ entries: Change[] }>(`${pathOf(id)}/history`, this.query())).entries;
  }

  async erase(id: string): Promise<void> {
    await answered(pathOf(id), this.query(), { method: 'DELETE' });
  }
}

/** Fetched with the token: as the address of a picture it would not carry one. Null where it cannot be had. */
async function thumbnail(id: string, number: number, reason: string): Promise<string | null> {
  const query = { thumb: '1', ...(reason ? { reason } : {}) };
  const answer = await answered(`${pathOf(id)}/photos/${number}.jpg`, query).catch(() => null);
  return answer && URL.createObjectURL(await answer.blob());
}

/** Gives the small pictures of a report in their order, as they come. */
export async function photosOf({ id, properties: { photos } }: Report, show: (url: string, number: number) => void, reason = ''): Promise<void> {
  for (let number = 1; number <= photos.length; number++) {
    const url = await thumbnail(id, number, reason);
    if (url) show(url, number);
  }
}
