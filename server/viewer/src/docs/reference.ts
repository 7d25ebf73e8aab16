// The interactive reference, drawn from the server's own description.

import 'swagger-ui-dist/swagger-ui.css';
import '../styles/tokens.css';
import '../styles/docs.css';
import '../styles/reference.css';

import openReference from 'swagger-ui-dist/swagger-ui-es-bundle.js';

import { keptTheme, onSystemTheme, showTheme, themeOf } from '../preferences';

/** Swagger UI has its own word for a dark page. */
function followTheme(): void {
  document.documentElement.classList.toggle('dark-mode', themeOf(keptTheme()) === 'dark');
}

showTheme(keptTheme());
followTheme();
onSystemTheme(followTheme);

openReference({
  dom_id: '#reference',
  url: new URL('openapi.json', document.baseURI).href,
  // The validator is a foreign server.
  validatorUrl: null,
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: false,
});
