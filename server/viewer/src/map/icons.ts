// The icons that styles of this server name. Every style has the same sheet: the first that needs it brings it.

import type { Map as GlMap } from 'maplibre-gl';

const SHEET = 'default'; // its pictures have their own names, as styles say them

export function bringIcons(map: GlMap, sheet: string): void {
  if (map.getSprite().length === 0) map.addSprite(SHEET, sheet);
}
