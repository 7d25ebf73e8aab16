import { expect, test } from 'vitest';

import { cutToken } from '../../src/model/token';

test('a token is cut out of the hash and nothing else is', () => {
  expect(cutToken('#map=9/1/2&token=relief_a-b_c&l=flood;o=60')).toEqual({
    token: 'relief_a-b_c',
    rest: '#map=9/1/2&l=flood;o=60',
  });
  expect(cutToken('#token=relief_x')).toEqual({ token: 'relief_x', rest: '' });
  expect(cutToken('#token=')).toEqual({ token: '', rest: '' });
  expect(cutToken('#map=9/1/2&l=token')).toEqual({ token: null, rest: '#map=9/1/2&l=token' });
  expect(cutToken('')).toEqual({ token: null, rest: '' });
});
