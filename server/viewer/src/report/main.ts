// The form: works without this script too; with it, it speaks other languages, finds places and waits for the network.

import '../styles/tokens.css';
import '../styles/report.css';

import { h } from '../interface/dom';
import { keep, keptLanguage, keptTheme, showTheme } from '../preferences';
import { languageFor } from '../words/languages';
import { bodyOf, type Photo, type Report } from './body';
import { shrunk } from './photo';
import { pairOf, placeOf, written, type Place } from './place';
import { Queue, type Waiting } from './queue';
import { Sender } from './sender';
import { languageChoice, say, speak, type FormWord } from './words';

const MOST_PHOTOS = 10;
const GPS: PositionOptions = { enableHighAccuracy: true, timeout: 30_000, maximumAge: 0 };

const part = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const form = part<HTMLFormElement>('report');
const control = <T extends HTMLElement = HTMLInputElement>(name: string): T => form.elements.namedItem(name) as unknown as T;
const lat = control('lat');
const lon = control('lon');
const photos = control('photo');
const time = control('time');
const send = part<HTMLButtonElement>('send');

const queue = new Queue();
const sender = new Sender(queue, () => void showYours());

/** A moment of the reader's clock as the field has it. */
function local(moment: Date): string {
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function setPlace(place: Place): void {
  lat.value = written(place.lat);
  lon.value = written(place.lon);
}

/** Said in another language too, when that is chosen. */
function note(id: string, word: FormWord, parts: Record<string, string> = {}): void {
  part(id).textContent = say(word, parts);
}

function readPosition(): void {
  const failed = (): void => note('place-note', 'gpsFailed');
  if (!('geolocation' in navigator)) return failed();
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      setPlace({ lon: coords.longitude, lat: coords.latitude });
      note('place-note', 'gpsDone', { metres: String(Math.ceil(coords.accuracy)) });
    },
    failed,
    GPS,
  );
}

async function chooseOnMap(): Promise<void> {
  try {
    const { choosePlace } = await import('./chooser');
    const place = await choosePlace(placeOf(lat.value, lon.value));
    if (place) setPlace(place);
  } catch {
    note('place-note', 'gpsFailed'); // the map was never loaded, and there is no network
  }
}

/** What maps give as one text is taken apart. */
function splitPair(event: Event): void {
  const pair = pairOf((event.target as HTMLInputElement).value);
  if (pair) [lat.value, lon.value] = pair;
}

/** Errors: the word that tells what is missing. */
function readForm(): Report | FormWord {
  const text = (name: string): string => control(name).value.trim();
  const place = placeOf(lat.value, lon.value);
  if (!place) return 'placeMissing';
  if (!text('title')) return 'subjectMissing';
  return {
    place,
    title: text('title'),
    description: text('description'),
    category: text('category'),
    time: time.value ? new Date(time.value).toISOString() : '',
    severity: text('severity'),
    sensitivity: text('sensitivity'),
    website: text('website'),
  };
}

/** Null when one of them is no picture; that is said. */
async function readPhotos(): Promise<Photo[] | null> {
  const read: Photo[] = [];
  for (const file of [...(photos.files ?? [])].slice(0, MOST_PHOTOS)) {
    try {
      read.push(await shrunk(file));
    } catch {
      note('failure', 'photoWrong', { name: file.name });
      return null;
    }
  }
  return read;
}

/** 128 random bits; `randomUUID` is only there on secure pages. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

async function submit(): Promise<void> {
  part('failure').textContent = '';
  const report = readForm();
  if (typeof report === 'string') {
    note('failure', report);
    control(report === 'placeMissing' ? 'lat' : 'title').focus();
    return;
  }
  send.disabled = true;
  const pictures = await readPhotos();
  if (pictures) {
    const key = newKey();
    await queue.put({ key, title: report.title, made: Date.now(), ...bodyOf(report, pictures, key) });
    startAnew();
    await showYours();
    part('yours').scrollIntoView({ block: 'start' });
    void sender.now();
  }
  send.disabled = false;
}

function startAnew(): void {
  form.reset();
  time.value = local(new Date());
  note('place-note', 'gpsNote');
}

function row(waiting: Waiting): HTMLElement {
  const { key, title, made, refused } = waiting;
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' }).format(made);
  const text = refused === undefined ? say('waiting', { title, time: when }) : say('refused', { title, reason: refused });
  const remove = async (): Promise<void> => {
    await queue.remove(key);
    await showYours();
  };
  const button = h('button', { type: 'button' }, { click: () => void remove() }, say('delete'));
  return h('li', { class: refused === undefined ? 'waiting' : 'refused' }, h('span', { dir: 'auto' }, text), button);
}

async function showYours(): Promise<void> {
  const waiting = await queue.all();
  const accepted = sender.accepted.map(one => h('li', { class: 'accepted', dir: 'auto' }, say('accepted', { ...one })));
  part('waiting').replaceChildren(...accepted, ...waiting.map(row));
  part('yours').hidden = waiting.length + accepted.length === 0;
  const now = part<HTMLButtonElement>('now');
  now.hidden = waiting.every(one => one.refused !== undefined);
  now.disabled = sender.sending;
  now.textContent = say(sender.sending ? 'sending' : 'tryNow');
}

async function choose(language: string): Promise<void> {
  await speak(language);
  const select = languageChoice(language, code => {
    keep('relief.language', code);
    void choose(code);
  });
  part('language').replaceChildren(select);
  note('kept', (await queue.isKept()) ? 'keptHere' : 'notKept');
  await showYours();
}

/** What only works with this script. */
function open(): void {
  for (const id of ['finders', 'when', 'photo-note', 'kept']) part(id).hidden = false;
  time.disabled = false;
  time.value = local(new Date());
  time.max = local(new Date(Date.now() + 86_400_000));
  form.noValidate = true; // said here, in the reader's language
  part('gps').addEventListener('click', readPosition);
  part('map').addEventListener('click', () => void chooseOnMap());
  part('now').addEventListener('click', () => void sender.now());
  for (const field of [lat, lon]) field.addEventListener('change', splitPair);
  form.addEventListener('submit', event => {
    event.preventDefault();
    void submit();
  });
}

showTheme(keptTheme());
open();
void choose(languageFor([keptLanguage(), ...navigator.languages])).then(() => sender.now());
// Opens from a bookmark without a network; only on secure pages and on this machine itself.
void navigator.serviceWorker?.register('report-worker.js', { scope: 'report' }).catch(() => undefined);
