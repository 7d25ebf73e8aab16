// The audit log as the server tells it (GET /audit, for admins only).

import { address, refusalText } from '../model/problem';
import { tokenHeaders } from '../model/token';

export interface Entry {
  number: number;
  time: string;
  actor: string;
  role: string;
  action: string;
  object: string;
  level: string;
  reason: string;
  count: number;
  result: string;
}

export interface Head {
  size: number;
  hash: string;
  /** Both as `relief audit verify --since` takes them. */
  head: string;
}

export interface LogPage {
  entries: Entry[];
  head: Head;
  /** Where the page after this one begins; null: this is the last. */
  before: string | null;
}

export class NotAllowed extends Error {}

/** Newest first. Errors: NotAllowed for all but admins; the server's words for a filter that it cannot read. */
export async function readLog(filter: Record<string, string>): Promise<LogPage> {
  const answer = await fetch(address('audit', filter), { headers: tokenHeaders(), cache: 'no-store' });
  if (answer.status === 401 || answer.status === 403) throw new NotAllowed();
  if (!answer.ok) throw new Error(await refusalText(answer.text(), answer.status));
  const { entries, head, links } = (await answer.json()) as Omit<LogPage, 'before'> & { links: { rel: string; href: string }[] };
  const next = links.find(({ rel }) => rel === 'next')?.href;
  return { entries, head, before: next ? new URL(next).searchParams.get('before') : null };
}
