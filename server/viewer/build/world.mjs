// Makes src/assets/world.json, the small base map, from two GeoJSON files of Natural Earth at 1:110 million:
//   node build/world.mjs ne_110m_land.geojson ne_110m_countries.geojson > src/assets/world.json
// Run by hand when the source changes; the result is committed.
import { readFileSync } from 'node:fs';

const TOLERANCE = 0.06; // degrees, about the accuracy of the source itself
const SMALLEST = 0.08; // square degrees; smaller islands are not visible at the zooms this map is for

const rings = geometry =>
  (geometry.type === 'MultiPolygon' ? geometry.coordinates : [geometry.coordinates]).flat();
const round = ([lon, lat]) => [Math.round(lon * 100), Math.round(lat * 100)];

function distance([x, y], [ax, ay], [bx, by]) {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) return Math.hypot(x - ax, y - ay);
  return Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length;
}

// Douglas and Peucker, 1973.
function simplify(line) {
  if (line.length < 3) return line;
  let far = 0;
  let at = 0;
  for (let i = 1; i < line.length - 1; i++) {
    const d = distance(line[i], line[0], line[line.length - 1]);
    if (d > far) [far, at] = [d, i];
  }
  if (far < TOLERANCE) return [line[0], line[line.length - 1]];
  return [...simplify(line.slice(0, at + 1)).slice(0, -1), ...simplify(line.slice(at))];
}

function area(ring) {
  let twice = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    twice += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
  }
  return Math.abs(twice) / 2;
}

// A ring begins and ends in one point, which leaves Douglas and Peucker no base line: it is cut in halves.
function simplifyRing(ring) {
  const half = Math.floor(ring.length / 2);
  return [...simplify(ring.slice(0, half + 1)).slice(0, -1), ...simplify(ring.slice(half))];
}

// Whole hundredths of a degree, each point as its step from the one before: half the bytes of plain numbers.
function steps(line) {
  let before = [0, 0];
  return line.map(round).flatMap(point => {
    const step = [point[0] - before[0], point[1] - before[1]];
    before = point;
    return step;
  });
}

function land(file) {
  const all = JSON.parse(readFileSync(file, 'utf8')).features.flatMap(f => rings(f.geometry));
  return all.filter(ring => area(ring) > SMALLEST).map(simplifyRing).map(steps);
}

// A border is an edge that two countries share: coasts belong to one country only.
function sharedEdges(file) {
  const seen = new Map();
  for (const feature of JSON.parse(readFileSync(file, 'utf8')).features) {
    for (const ring of rings(feature.geometry)) {
      for (let i = 0; i + 1 < ring.length; i++) {
        const ends = [round(ring[i]).join(), round(ring[i + 1]).join()];
        const key = [...ends].sort().join(' ');
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
    }
  }
  return [...seen].filter(([, times]) => times > 1).map(([key]) => key.split(' '));
}

function joined(edges) {
  const at = new Map();
  edges.forEach((edge, i) => edge.forEach(end => at.set(end, [...(at.get(end) ?? []), i])));
  const used = new Set();
  const follow = (line, end) => {
    for (let tip = end; ; ) {
      const next = (at.get(tip) ?? []).find(i => !used.has(i));
      if (next === undefined || at.get(tip).length > 2) return line;
      used.add(next);
      tip = edges[next][0] === tip ? edges[next][1] : edges[next][0];
      line.push(tip);
    }
  };
  const lines = [];
  edges.forEach((edge, i) => {
    if (used.has(i)) return;
    used.add(i);
    const forward = follow([edge[1]], edge[1]);
    const backward = follow([edge[0]], edge[0]);
    lines.push([...backward.reverse(), ...forward]);
  });
  return lines;
}

function borders(file) {
  const lines = joined(sharedEdges(file)).map(line => line.map(p => p.split(',').map(n => n / 100)));
  return lines.map(simplify).map(steps);
}

console.log(
  JSON.stringify({
    source: 'Natural Earth 1:110m, land and countries, https://www.naturalearthdata.com',
    licence: 'public domain',
    note: 'Simplified. Borders as in the source (de facto); no position on any territory is implied.',
    unit: '0.01 degree; [lon, lat] of the first point, then steps',
    land: land(process.argv[2]),
    borders: borders(process.argv[3]),
  }),
);
