import { expect, test } from 'vitest';

import { renewed, type TileJson } from '../../src/model/api';

test('tiles that are told of come in the version told, from wherever they may be', () => {
  const known = {
    tiles: ['http://host/tiles/reports/{z}/{x}/{y}.mvt?category=fire&v=old', 'http://host/tiles/reports/{z}/{x}/{y}.mvt?v=old&a=1'],
    bounds: [1, 2, 3, 4],
    minzoom: 0,
  } as unknown as TileJson;

  const now = renewed(known, 'new one');

  expect(now.tiles).toEqual(['http://host/tiles/reports/{z}/{x}/{y}.mvt?category=fire&v=new%20one', 'http://host/tiles/reports/{z}/{x}/{y}.mvt?v=new%20one&a=1']);
  expect(now).not.toHaveProperty('bounds');
  expect(known.bounds).toEqual([1, 2, 3, 4]);
});
