// Reports as moderators see them, and what they decide (GET and PATCH /reports).

import { address, refusalText } from '../model/problem';
import { tokenHeaders } from '../model/token';

export const STATUSES = ['new', 'verified', 'rejected', 'duplicate'] as const;
export const LEVELS = ['low', 'moderate', 'high', 'severe'] as const;
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
  };
}

export interface Decision {
  status?: Status;
  sensitivity?: string;
  duplicate_of?: string;
  note?: string;
}

export class NotAllowed extends Error {}

async function ask<T>(path: string, query: Record<string, string>, more: RequestInit = {}): Promise<T> {
  const headers = { ...tokenHeaders(), ...(more.body ? { 'Content-Type': 'application/json' } : {}) };
  const answer = await fetch(address(path, query), { ...more, headers, cache: 'no-store' });
  if (answer.status === 401 || answer.status === 403) throw new NotAllowed();
  if (!answer.ok) throw new Error(await refusalText(answer.text(), answer.status));
  return (await answer.json()) as T;
}

/** Newest first, with the cursor of the next page; null: this is the last. */
export async function readReports(status: Status, cursor: string | null): Promise<{ reports: Report[]; next: string | null }> {
  type Collection = { features: Report[]; links: { rel: string; href: string }[] };
  const query = { status, limit: '20', ...(cursor ? { cursor } : {}) };
  const { features, links } = await ask<Collection>('reports', query);
  const next = links.find(({ rel }) => rel === 'next')?.href;
  return { reports: features, next: next ? new URL(next).searchParams.get('cursor') : null };
}

export const decide = (id: string, decision: Decision): Promise<Report> =>
  ask(`reports/${encodeURIComponent(id)}`, {}, { method: 'PATCH', body: JSON.stringify(decision) });

/** Fetched with the token: as the address of a picture it would not carry one. Null where it cannot be had. */
export async function thumbnail(id: string, number: number): Promise<string | null> {
  const url = address(`reports/${encodeURIComponent(id)}/photos/${number}.jpg`, { thumb: '1' });
  const answer = await fetch(url, { headers: tokenHeaders(), cache: 'no-store' });
  return answer.ok ? URL.createObjectURL(await answer.blob()) : null;
}
