// Places as people type them.

export interface Place {
  lon: number;
  lat: number;
}

// Zeros of the digits that the page's languages write: Arabic, Persian, Burmese.
const ZEROS = [0x660, 0x6f0, 0x1040];

/** A number in any of the page's digits, with a decimal point or comma; NaN for anything else. */
export function numberOf(text: string): number {
  const plain = text
    .trim()
    .replace(/[\u0660-\u0669\u06f0-\u06f9\u1040-\u1049]/g, digit => {
      const code = digit.charCodeAt(0);
      return String(code - (ZEROS.find(zero => code >= zero && code < zero + 10) ?? code));
    })
    .replace(/[\u066b,]/, '.')
    .replace(/^[\u2212\u2013]/, '-')
    .replace(/\s*°$/, '');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
}

/** Both numbers of "33.51, 36.29", as maps write a place: latitude first; null for one number. */
export function pairOf(text: string): [string, string] | null {
  const parts = text.trim().split(/\s*[,;\u060c]\s+|\s*;\s*|\s+|(?<=\.\d+),(?=\s*-?\d+\.)/).filter(Boolean);
  return parts.length === 2 ? [parts[0] as string, parts[1] as string] : null;
}

export function placeOf(latitude: string, longitude: string): Place | null {
  const lat = numberOf(latitude);
  const lon = numberOf(longitude);
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lon, lat } : null;
}

/** Six digits are a tenth of a metre: no place is known better. */
export const written = (degrees: number): string => String(Number(degrees.toFixed(6)));
