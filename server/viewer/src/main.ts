import 'maplibre-gl/dist/maplibre-gl.css';
import './styles/tokens.css';
import './styles/page.css';
import './styles/panel.css';
import './styles/map.css';
import './styles/time.css';
import './styles/features.css';

import { Application } from './application';
import { readHash } from './model/hash';
import { takeKeptView } from './model/session';
import { takeToken } from './model/token';
import { keptLanguage, keptTheme, themeChoice } from './preferences';
import { languageFor } from './words/languages';
import { Words } from './words/words';

takeToken();
const elsewhere = takeKeptView();
const hash = readHash(location.hash);
const language = languageFor([hash.lang, keptLanguage(), ...navigator.languages]);
const theme = hash.theme ? themeChoice(hash.theme) : keptTheme();

if (elsewhere) {
  // another page is on its way
} else if (document.createElement('canvas').getContext('webgl2')) {
  new Application({ hash, language, theme });
} else {
  const place = document.getElementById('map-place');
  const text = document.createElement('p');
  text.className = 'no-map';
  text.textContent = new Words(language).say('noWebgl');
  place?.append(text);
}
