// The audit log in words: who did what, when; and its head, to be kept elsewhere.

import '../styles/tokens.css';
import '../styles/audit.css';

import { Account } from '../interface/account';
import { field, h, say } from '../interface/dom';
import { asker } from '../model/session';
import { takeToken } from '../model/token';
import { keptLanguage, keptTheme, showTheme } from '../preferences';
import { languageFor } from '../words/languages';
import { Words, type Word } from '../words/words';
import { NotAllowed, readLog, type Entry, type Head } from './log';

const PAGE = '100'; // entries
const FIELDS = ['action', 'actor', 'object', 'result', 'since', 'until'] as const;
const NAMES: Record<(typeof FIELDS)[number], Word> = {
  action: 'auditAction',
  actor: 'auditActor',
  object: 'auditObject',
  result: 'auditResult',
  since: 'auditSince',
  until: 'auditUntil',
};
const COLUMNS: [keyof Entry, Word][] = [
  ['time', 'time'],
  ['actor', 'auditActor'],
  ['role', 'auditRole'],
  ['action', 'auditAction'],
  ['object', 'auditObject'],
  ['level', 'auditLevel'],
  ['reason', 'auditReason'],
  ['count', 'auditCount'],
  ['result', 'auditResult'],
];

class AuditPage {
  private readonly account: Account;
  private readonly filter: HTMLFormElement;
  private readonly rows = h('tbody');
  private readonly head = h('section', { class: 'head', hidden: true });
  private readonly note = h('p', { class: 'note', role: 'status' });
  private readonly older: HTMLButtonElement;
  private readonly log: HTMLElement;
  private before: string | null = null;

  constructor(private readonly words: Words) {
    this.account = new Account(words, () => void this.open());
    this.filter = this.makeFilter();
    this.older = h('button', { type: 'button', hidden: true }, { click: () => void this.add() }, words.say('auditOlder'));
    const titles = h('tr', {}, ...COLUMNS.map(([, word]) => h('th', { scope: 'col' }, words.say(word))));
    this.log = h('div', { hidden: true }, this.filter, h('table', {}, h('thead', {}, titles), this.rows));
    const top = h('header', {}, h('a', { href: './' }, 'Relief'), this.account.element);
    const main = h('main', {}, h('h1', {}, words.say('auditLog')), this.head, this.log, this.note, this.older);
    document.body.replaceChildren(top, main);
  }

  async open(): Promise<void> {
    this.account.update(await asker());
    this.rows.replaceChildren();
    this.before = null;
    await this.add();
  }

  private makeFilter(): HTMLFormElement {
    const inputs = FIELDS.map(name => {
      const dated = name === 'since' || name === 'until';
      return field(this.words.say(NAMES[name]), h('input', { name, ...(dated ? { type: 'date' } : { spellcheck: 'false' }) }));
    });
    const apply = h('button', { class: 'primary' }, this.words.say('apply'));
    return h('form', { class: 'filter' }, { submit: event => void this.ask(event) }, ...inputs, apply);
  }

  private async ask(event: Event): Promise<void> {
    event.preventDefault();
    await this.open();
  }

  private wish(): Record<string, string> {
    const stated = [...new FormData(this.filter)].map(([name, value]) => [name, String(value).trim()]);
    const wish = Object.fromEntries(stated.filter(([, value]) => value)) as Record<string, string>;
    return { ...wish, limit: PAGE, ...(this.before ? { before: this.before } : {}) };
  }

  /** The next page below those that are there. */
  private async add(): Promise<void> {
    const { words } = this;
    this.older.disabled = true;
    try {
      const { entries, head, before } = await readLog(this.wish());
      this.before = before;
      this.rows.append(...entries.map(entry => this.row(entry)));
      this.showHead(head);
      this.log.hidden = false;
      this.older.hidden = before === null;
      say(this.note, this.rows.children.length ? '' : words.say('auditNone'));
    } catch (error) {
      const closed = error instanceof NotAllowed;
      if (closed) this.log.hidden = this.head.hidden = true;
      this.older.hidden = true;
      const offline = error instanceof TypeError;
      say(this.note, closed ? words.say('auditClosed') : offline ? words.say('unreachable') : (error as Error).message);
    }
    this.older.disabled = false;
  }

  private row(entry: Entry): HTMLTableRowElement {
    const cells = COLUMNS.map(([name, word]) => {
      const text = String(entry[name]);
      const shown = name === 'time' ? h('time', { datetime: text, dir: 'ltr' }, text.replace('T', ' ')) : h('bdi', {}, text);
      return h('td', { 'data-name': this.words.say(word), class: text ? '' : 'none' }, shown);
    });
    return h('tr', { class: entry.result === 'denied' ? 'denied' : '' }, ...cells);
  }

  private showHead(head: Head): void {
    const { words } = this;
    const file = URL.createObjectURL(new Blob([`${JSON.stringify(head)}\n`], { type: 'application/json' }));
    const save = h('a', { href: file, download: `relief-audit-head-${head.size}.json`, class: 'button' }, words.say('auditSave'));
    this.head.replaceChildren(
      h('h2', {}, words.say('auditHead', { size: words.number(head.size) })),
      h('code', { dir: 'ltr' }, head.head),
      h('p', {}, words.say('auditHeadHelp')),
      save,
    );
    this.head.hidden = false;
  }
}

takeToken();
showTheme(keptTheme());
const words = new Words(languageFor([keptLanguage(), ...navigator.languages]), navigator.languages);
document.documentElement.lang = words.language;
document.documentElement.dir = words.direction;
void new AuditPage(words).open();
