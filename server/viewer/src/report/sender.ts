// Sends what waits, again and again until the server has accepted or refused it.

import { address, refusalText } from '../model/problem';
import type { Queue, Waiting } from './queue';

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 300_000;

export interface Accepted {
  title: string;
  number: string;
}

type Outcome = { accepted: string } | { refused: string } | { wait: number };

/** Without the cookie of who is signed in: a report is not tied to a user by accident. */
async function attempt({ key, type, bytes }: Waiting): Promise<Outcome> {
  try {
    const answer = await fetch(address('reports'), {
      method: 'POST',
      headers: { 'Content-Type': type, 'Idempotency-Key': key },
      body: bytes,
      credentials: 'omit',
      cache: 'no-store',
    });
    if (answer.ok) return { accepted: answer.headers.get('Location')?.split('/').pop() ?? '' };
    const later = answer.status >= 500 || [401, 408, 425, 429].includes(answer.status);
    if (later) return { wait: 1000 * Number(answer.headers.get('Retry-After') ?? 0) };
    return { refused: await refusalText(answer.text(), answer.status) };
  } catch {
    return { wait: 0 };
  }
}

export class Sender {
  readonly accepted: Accepted[] = [];
  sending = false;
  private wait = FIRST_WAIT_MS;
  private timer: number | undefined;

  constructor(
    private readonly queue: Queue,
    private readonly changed: () => void,
  ) {
    window.addEventListener('online', () => void this.now());
  }

  /** Tries all that waits, without waiting any longer. */
  async now(): Promise<void> {
    if (this.sending) return;
    window.clearTimeout(this.timer);
    this.sending = true;
    this.changed();
    const asked = await this.sendAll();
    this.sending = false;
    this.changed();
    if (asked === null) {
      this.wait = FIRST_WAIT_MS;
      return;
    }
    this.timer = window.setTimeout(() => void this.now(), Math.max(asked, this.wait));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }

  /**
   * Null when nothing waits any more, else how long the server asked to be left alone, in milliseconds. One that does
   * not get through, such as a large one over a slow line, keeps none of the others waiting.
   */
  private async sendAll(): Promise<number | null> {
    let longest: number | null = null;
    for (const waiting of await this.queue.all()) {
      if (waiting.refused !== undefined) continue;
      const outcome = await attempt(waiting);
      if ('wait' in outcome) {
        longest = Math.max(longest ?? 0, outcome.wait);
        continue;
      }
      if ('refused' in outcome) {
        await this.queue.put({ ...waiting, refused: outcome.refused });
      } else {
        this.accepted.unshift({ title: waiting.title, number: outcome.accepted });
        await this.queue.remove(waiting.key);
      }
      this.wait = FIRST_WAIT_MS;
      this.changed();
    }
    return longest;
  }
}
