// A guide is plain HTML; only the reader's choice of light or dark needs a line of code.

import '../styles/tokens.css';
import '../styles/docs.css';

import { keptTheme, showTheme } from '../preferences';

showTheme(keptTheme());
