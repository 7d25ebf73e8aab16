// A report as it is sent. It is written once: the same bytes go with the same key at every attempt.

import type { Place } from './place';

export interface Report {
  place: Place;
  title: string;
  description: string;
  category: string;
  /** ISO 8601 with its zone; empty: not said. */
  time: string;
  severity: string;
  /** Empty: as the server decides. */
  sensitivity: string;
  /** Filled in by programs only: no person sees the field. */
  website: string;
}

export interface Photo {
  name: string;
  type: string;
  bytes: ArrayBuffer;
}

export interface Body {
  type: string;
  bytes: ArrayBuffer;
}

type Named = [name: string, value: string];

/** What was said; nothing of what was not. */
function fieldsOf({ place, ...said }: Report): Named[] {
  const stated = Object.entries(said).filter(([, value]) => value !== '');
  return [['lon', String(place.lon)], ['lat', String(place.lat)], ...stated];
}

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The fewest bytes, where there is no photo. */
const short = (report: Report): Body => ({
  type: 'application/x-www-form-urlencoded',
  bytes: encoded(new URLSearchParams(fieldsOf(report)).toString()).buffer as ArrayBuffer,
});

function joined(parts: Uint8Array[]): ArrayBuffer {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.buffer;
}

/** A browser's own form would draw another boundary for every attempt. Source: RFC 7578. */
function form(report: Report, photos: Photo[], boundary: string): Body {
  const head = (name: string, more = ''): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
  const parts = fieldsOf(report).map(([name, value]) => encoded(`${head(name)}${value}\r\n`));
  photos.forEach(({ type, bytes }, i) => {
    // Never the file's own name: it may say who, when or where.
    const more = `; filename="photo-${i + 1}"\r\nContent-Type: ${type}`;
    parts.push(encoded(head('photo', more)), new Uint8Array(bytes), encoded('\r\n'));
  });
  parts.push(encoded(`--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, bytes: joined(parts) };
}

export const bodyOf = (report: Report, photos: Photo[], key: string): Body =>
  photos.length ? form(report, photos, `relief-${key}`) : short(report);
