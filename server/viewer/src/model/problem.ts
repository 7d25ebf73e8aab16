// Addresses of this server, and what a refusal of it says.

/** Relative to the page, so that all works below a path of a proxy. */
export function address(path: string, query: Record<string, string> = {}): string {
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
