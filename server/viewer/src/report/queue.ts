// Reports that the server has not accepted yet, kept by this browser.

import type { Body } from './body';

export interface Waiting extends Body {
  key: string;
  title: string;
  /** When it was written, in milliseconds. */
  made: number;
  /** In the server's words: it will not be sent again. */
  refused?: string;
}

const STORE = 'waiting';

function whole<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('storage'));
  });
}

/** Null where the browser keeps nothing, as in some private windows. */
async function openDatabase(): Promise<IDBDatabase | null> {
  try {
    const request = indexedDB.open('relief-reports', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
    return await whole(request);
  } catch {
    return null;
  }
}

export class Queue {
  private readonly database = openDatabase();
  private readonly memory = new Map<string, Waiting>();

  async isKept(): Promise<boolean> {
    return (await this.database) !== null;
  }

  private async store(mode: IDBTransactionMode): Promise<IDBObjectStore | null> {
    const transaction = (await this.database)?.transaction(STORE, mode, { durability: 'strict' });
    return transaction?.objectStore(STORE) ?? null;
  }

  /** Resolves when it is on the disk. */
  async put(waiting: Waiting): Promise<void> {
    const store = await this.store('readwrite');
    if (!store) {
      this.memory.set(waiting.key, waiting);
      return;
    }
    store.put(waiting);
    await done(store.transaction);
  }

  async remove(key: string): Promise<void> {
    this.memory.delete(key);
    const store = await this.store('readwrite');
    if (!store) return;
    store.delete(key);
    await done(store.transaction);
  }

  /** The oldest first. */
  async all(): Promise<Waiting[]> {
    const store = await this.store('readonly');
    const kept = store ? await whole(store.getAll() as IDBRequest<Waiting[]>) : [];
    return [...kept, ...this.memory.values()].sort((a, b) => a.made - b.made);
  }
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('storage'));
  });
}
