// Photos made small enough for a thin line; drawn anew, they carry nothing of the camera.

import type { Photo } from './body';

const LONGEST_SIDE = 1600; // pixels: enough to read a sign by, and about 300 kB
const QUALITY = 0.8;

/** Errors: a file that the browser cannot draw. */
export async function shrunk(file: File): Promise<Photo> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('canvas');
  pen.fillStyle = '#fff'; // JPEG has no transparency
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  if (!blob) throw new Error('canvas');
  return { name: file.name, type: blob.type, bytes: await blob.arrayBuffer() };
}
