// Who is signed in. The server's cookie holds the session; no script can read it.

import { address, refusalText } from './problem';
import { tokenHeaders } from './token';

export interface Asker {
  role: string;
  name: string | null;
  by: 'nothing' | 'token' | 'session';
  /** Whether people sign in at an identity provider. */
  oidc: boolean;
}

export const NOBODY: Asker = { role: 'anonymous', name: null, by: 'nothing', oidc: false };

export type SignInFailure = { why: 'wrong' | 'away' } | { why: 'wait'; seconds: number } | { why: 'other'; text: string };

/** Nobody where the server does not answer. */
export async function asker(): Promise<Asker> {
  try {
    const answer = await fetch(address('auth/me'), { headers: tokenHeaders(), cache: 'no-store' });
    return answer.ok ? ((await answer.json()) as Asker) : NOBODY;
  } catch {
    return NOBODY;
  }
}

const LEFT = 'relief.left';

/** Where the browser goes to sign in at the identity provider. */
export function providerAddress(): string {
  return address('auth/oidc');
}

/** The provider leads back to the map, whichever page and view were left for it: they are kept in this tab. */
export function keepView(): void {
  try {
    sessionStorage.setItem(LEFT, location.href);
  } catch {
    // forbidden: then one comes back to the map as it opens
  }
}

/** True when another page is being opened. */
export function takeKeptView(): boolean {
  let left: string | null = null;
  try {
    left = sessionStorage.getItem(LEFT);
    sessionStorage.removeItem(LEFT);
  } catch {
    return false;
  }
  if (left === null || location.hash) return false;
  if (new URL(left).pathname !== location.pathname) {
    location.replace(left);
    return true;
  }
  history.replaceState(null, '', left);
  return false;
}

/** Null when it is done. */
export async function signIn(name: string, password: string): Promise<SignInFailure | null> {
  try {
    const answer = await fetch(address('auth/login'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name, password }),
    });
    if (answer.ok) return null;
    if (answer.status === 401) return { why: 'wrong' };
    if (answer.status === 429) return { why: 'wait', seconds: Number(answer.headers.get('Retry-After')) || 60 };
    if (answer.status >= 500) return { why: 'away' };
    return { why: 'other', text: await refusalText(answer.text(), answer.status) };
  } catch {
    return { why: 'away' };
  }
}

/** False when the server could not be told: the session is then still open. */
export async function signOut(): Promise<boolean> {
  try {
    return (await fetch(address('auth/logout'), { method: 'POST' })).ok;
  } catch {
    return false;
  }
}
