// Hears what changes on the server as it happens: server-sent events, read by fetch, for an EventSource cannot show a token.

import { address } from './problem';
import { tokenHeaders } from './token';

export interface ServerEvent {
  kind: string;
  data: string;
}

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
const SILENCE_MS = 40_000; // the server says something every 15 s: a line as silent as this is dead

/** Takes whole events from the front of what has come; comments and unknown fields say nothing (HTML, 9.2.6). */
export function takeEvents(text: string): { events: ServerEvent[]; id: string | null; rest: string } {
  const blocks = text.replace(/\r\n?/g, '\n').split('\n\n');
  const rest = blocks.pop() ?? '';
  const events: ServerEvent[] = [];
  let id: string | null = null;
  for (const block of blocks) {
    const fields = block.split('\n').map(line => line.split(/: ?(.*)/s));
    const values = (name: string): string[] => fields.filter(field => field[0] === name).map(field => field[1] ?? '');
    id = values('id').pop() ?? id;
    const data = values('data');
    if (data.length) events.push({ kind: values('event').pop() ?? 'message', data: data.join('\n') });
  }
  return { events, id, rest };
}

export class Live {
  /** Whether the server is heard at this moment. */
  open = false;
  private asking: AbortController | null = null;
  private lastId = '';
  private wait = FIRST_WAIT_MS;
  private timer: number | undefined;

  constructor(private readonly heard: (event: ServerEvent) => void) {}

  /** A page that nobody sees does not listen: a browser has few connections to one server. */
  listen(wanted: boolean): void {
    if (!wanted) this.stop();
    else if (!this.asking && this.timer === undefined) void this.run();
  }

  /** With another token or session: what was heard before was meant for another. */
  restart(): void {
    const listened = this.asking !== null || this.timer !== undefined;
    this.stop();
    this.lastId = '';
    if (listened) void this.run();
  }

  private stop(): void {
    window.clearTimeout(this.timer);
    this.timer = undefined;
    this.asking?.abort();
    this.asking = null;
    this.open = false;
  }

  private async run(): Promise<void> {
    const asking = (this.asking = new AbortController());
    try {
      await this.read(asking);
    } catch {
      // Broken, refused or silent: tried again below.
    }
    if (this.asking !== asking) return;
    this.stop();
    this.timer = window.setTimeout(() => {
      this.timer = undefined;
      void this.run();
    }, this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }

  private async read(asking: AbortController): Promise<void> {
    const last = this.lastId ? { 'Last-Event-ID': this.lastId } : {};
    const answer = await fetch(address('events'), {
      headers: { Accept: 'text/event-stream', ...tokenHeaders(), ...last },
      cache: 'no-store',
      signal: asking.signal,
    });
    if (!answer.ok || !answer.body) return;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const silence = window.setTimeout(() => asking.abort(), SILENCE_MS);
      const { done, value } = await reader.read();
      window.clearTimeout(silence);
      if (done) return;
      this.open = true;
      this.wait = FIRST_WAIT_MS;
      const { events, id, rest } = takeEvents(text + value);
      text = rest;
      this.lastId = id ?? this.lastId;
      events.forEach(event => this.heard(event));
    }
  }
}
