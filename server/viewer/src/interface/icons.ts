// Line drawings on a grid of 24, in the colour of the text beside them.

const PATHS = {
  after: 'M12 3v18M15 6h4a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-4M9 6H5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h4',
  book: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11',
  chevron: 'M6 9l6 6 6-6',
  close: 'M6 6l12 12M18 6L6 18',
  compass: 'M12 3l4 9-4 9-4-9zM8 12h8',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  extent: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z',
  eyeOff: 'M4 4l16 16M9.9 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3 3.6M6 7.6A16 16 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4-.9',
  grip: 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01',
  layers: 'M12 3l9 5-9 5-9-5zM3 13l9 5 9-5',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.5 1.5M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.5-1.5',
  map: 'M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14',
  minus: 'M5 12h14',
  next: 'M7 5v14l8-7zM18 5v14',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 20c1-4 4-5.5 8-5.5s7 1.5 8 5.5',
  pause: 'M9 5v14M15 5v14',
  play: 'M7 4.5v15l12-7.5z',
  plus: 'M12 5v14M5 12h14',
  previous: 'M17 5v14l-8-7zM6 5v14',
  report: 'M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21zM12 6.5v4M12 13h.01',
  theme: 'M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16',
  warning: 'M12 4l9 16H3zM12 10v4M12 17h.01',
} as const;

export type Icon = keyof typeof PATHS;

const SVG = 'http://www.w3.org/2000/svg';

export function icon(name: Icon): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** Bars of a histogram; heights are square roots, so that rare values stay visible. */
export function bars(counts: number[]): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${counts.length} 32`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('class', 'histogram');
  svg.setAttribute('role', 'img');
  const highest = Math.sqrt(Math.max(1, ...counts));
  counts.forEach((count, i) => {
    const bar = document.createElementNS(SVG, 'rect');
    const height = (Math.sqrt(count) / highest) * 31;
    bar.setAttribute('x', String(i));
    bar.setAttribute('y', String(32 - height));
    bar.setAttribute('width', '0.9');
    bar.setAttribute('height', String(height));
    svg.append(bar);
  });
  return svg;
}

/** Upright strokes at shares of the width, from the left. */
export function marks(shares: number[]): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 1000 10');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('class', 'time-marks');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', shares.map(share => `M${(share * 1000).toFixed(2)} 0v10`).join(''));
  svg.append(path);
  return svg;
}
