// The token of who looks, from the address's "#token=…": it stays in this tab, never in a link that is shared, never on a server's log.

const KEPT = 'relief.token';
let shown: string | null = null;

function storage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null; // forbidden: then the token lasts as long as the page
  }
}

/** The token in an address's hash, and the hash without it. */
export function cutToken(hash: string): { token: string | null; rest: string } {
  const parts = hash.replace(/^#/, '').split('&');
  const found = parts.find(part => part.startsWith('token='));
  const rest = parts.filter(part => !part.startsWith('token=')).join('&');
  return { token: found ? decodeURIComponent(found.slice('token='.length)) : null, rest: rest ? `#${rest}` : '' };
}

/** Takes the token out of the address bar and its history; without one there, that of this tab is shown on. */
export function takeToken(): void {
  const { token, rest } = cutToken(location.hash);
  if (token === null) {
    shown = storage()?.getItem(KEPT) ?? null;
    return;
  }
  history.replaceState(null, '', location.pathname + location.search + rest);
  shown = token || null; // "#token=" puts it away
  if (shown) storage()?.setItem(KEPT, shown);
  else storage()?.removeItem(KEPT);
}

/** A token that opens nothing any more is not shown again. */
export function forgetToken(): void {
  shown = null;
  storage()?.removeItem(KEPT);
}

/** Headers for a request to this server. */
export const tokenHeaders = (): Record<string, string> => (shown ? { Authorization: `Bearer ${shown}` } : {});
