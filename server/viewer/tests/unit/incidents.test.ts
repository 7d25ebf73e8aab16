import { readFileSync } from 'node:fs';
import type { LayerSpecification } from 'maplibre-gl';
import { expect, test } from 'vitest';

import { legendText } from '../../src/interface/legend_words';
import { categoryNames, categoryText, severityText, stateText } from '../../src/model/incidents';
import { onDark } from '../../src/model/style_parts';
import { Words } from '../../src/words/words';

const form = readFileSync(new URL('../../report.html', import.meta.url), 'utf8');
const style = readFileSync(new URL('../../../../styles/reports.json', import.meta.url), 'utf8');

test('what the form offers is what the map can be asked for, and has an icon of', () => {
  const select = /<select name="category">(.*?)<\/select>/s.exec(form)?.[1] ?? '';
  const offered = [...select.matchAll(/<option value="([^"]+)"/g)].map(one => one[1]);

  expect(offered).toEqual(categoryNames);
  for (const name of categoryNames.filter(one => one !== 'other')) expect(style, name).toContain(`"${name}"`);
});

test('categories and states are said in the language of the page, those of others as they are written', () => {
  const french = new Words('fr');

  expect(categoryText('missing-person', french)).toBe('Personnes disparues');
  expect(categoryText('Séisme', french)).toBe('Séisme');
  expect(categoryText('constructor', french)).toBe('constructor');
  expect([severityText('extreme', french), stateText('verified', french)]).toEqual(['Extrême', 'confirmés']);
});

test('the legend of reports is said in the language of the page', () => {
  const spanish = new Words('es');

  expect(legendText('Severity: severe', spanish)).toBe('Gravedad: Grave');
  expect(legendText('Reports, known to the area: below 10', spanish)).toBe('Reportes, ubicados solo por zona: menos de 10');
});

test('words with a white rim become bright on dark ground, others stay', () => {
  const layer = (paint: object): LayerSpecification => ({ id: 'a', type: 'symbol', source: 's', paint }) as LayerSpecification;
  const rimmed = layer({ 'text-color': '#2f3338', 'text-halo-color': '#ffffff', 'text-halo-width': 1.4 });
  const plain = layer({ 'text-color': '#ffffff' });

  const [bright, same] = onDark([rimmed, plain]);

  expect(bright?.paint).toMatchObject({ 'text-color': '#e8eef2', 'text-halo-color': '#161e26', 'text-halo-width': 1.4 });
  expect(same).toBe(plain);
});
