// Moderators look at reports, one below the other, and decide; new ones come in while they do.

import '../styles/tokens.css';
import '../styles/audit.css';
import '../styles/moderate.css';

import { Account } from '../interface/account';
import { field, h, option, say } from '../interface/dom';
import { Live } from '../model/live';
import { asker } from '../model/session';
import { takeToken } from '../model/token';
import { keptLanguage, keptTheme, showTheme } from '../preferences';
import { languageFor } from '../words/languages';
import { Words, type Word } from '../words/words';
import { Card } from './card';
import { NotAllowed, readReports, STATUSES, type Report, type Status } from './reports';

const STATUS_WORDS: Record<Status, Word> = {
  new: 'statusNew',
  verified: 'statusVerified',
  rejected: 'statusRejected',
  duplicate: 'statusDuplicate',
};

class ReviewPage {
  private readonly account: Account;
  private readonly status: HTMLSelectElement;
  private readonly list = h('ol', { class: 'reports' });
  private readonly note = h('p', { class: 'note', role: 'status' });
  private readonly older: HTMLButtonElement;
  private readonly shown = new Set<string>();
  private readonly live = new Live(({ kind }) => void ((kind === 'report' || kind === 'reset') && this.look()));
  private next: string | null = null;

  constructor(private readonly words: Words) {
    this.account = new Account(words, () => {
      this.live.restart();
      void this.open();
    });
    this.status = h('select', { name: 'status' }, { change: () => void this.open() }, ...STATUSES.map(one => option(one, words.say(STATUS_WORDS[one]))));
    this.older = h('button', { type: 'button', hidden: true }, { click: () => void this.add(this.next) }, words.say('modOlder'));
    const top = h('header', {}, h('a', { href: './' }, 'Relief'), this.account.element);
    const main = h('main', {}, h('h1', {}, words.say('modReview')), field(words.say('modStatus'), this.status), this.note, this.list, this.older);
    document.body.replaceChildren(top, main);
    const listen = (): void => this.live.listen(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', listen);
    listen();
  }

  async open(): Promise<void> {
    const who = await asker();
    this.account.update(who);
    this.list.replaceChildren();
    this.shown.clear();
    this.older.hidden = true;
    // Others are shown the public list, which is nothing to decide on.
    if (who.role === 'moderator' || who.role === 'admin') await this.add(null);
    else say(this.note, this.words.say('modClosed'));
  }

  /** What came in since, above what is there: a card that somebody works on stays as it is. */
  private async look(): Promise<void> {
    if (this.shown.size) await this.read(null, cards => this.list.prepend(...cards)).catch(() => undefined);
    else await this.open();
  }

  private async add(cursor: string | null): Promise<void> {
    this.older.disabled = true;
    try {
      this.next = await this.read(cursor, cards => this.list.append(...cards));
      this.older.hidden = this.next === null;
      say(this.note, this.list.children.length ? '' : this.words.say('modNone'));
    } catch (error) {
      const offline = error instanceof TypeError;
      const closed = error instanceof NotAllowed;
      say(this.note, closed ? this.words.say('modClosed') : offline ? this.words.say('unreachable') : (error as Error).message);
    }
    this.older.disabled = false;
  }

  private async read(cursor: string | null, put: (cards: HTMLElement[]) => void): Promise<string | null> {
    const status = this.status.value as Status;
    const { reports, next } = await readReports(status, cursor);
    if (status !== this.status.value) return this.next; // another list was chosen meanwhile
    const fresh = reports.filter(({ id }) => !this.shown.has(id));
    fresh.forEach(({ id }) => this.shown.add(id));
    put(fresh.map(report => this.card(report)));
    return next;
  }

  private card(report: Report): HTMLElement {
    const card = new Card(report, this.words, now => {
      say(this.note, this.words.say('modSaved', { title: now.properties.title }));
      const next = card.element.nextElementSibling?.querySelector<HTMLElement>('button');
      card.element.remove();
      next?.focus();
    });
    return card.element;
  }
}

takeToken();
showTheme(keptTheme());
const words = new Words(languageFor([keptLanguage(), ...navigator.languages]), navigator.languages);
document.documentElement.lang = words.language;
document.documentElement.dir = words.direction;
void new ReviewPage(words).open();
