// Moderators look at reports, one below the other, and decide; new ones come in while they do.

import '../styles/tokens.css';
import '../styles/audit.css';
import '../styles/moderate.css';

import { Account } from '../interface/account';
import { field, h, option, say } from '../interface/dom';
import { Live } from '../model/live';
import { Desk, NotAllowed, REASONS, STATUSES, type Decision, type Report, type Status } from '../model/reports';
import { asker } from '../model/session';
import { takeToken } from '../model/token';
import { keptLanguage, keptTheme, showTheme } from '../preferences';
import { languageFor } from '../words/languages';
import { Words, type Word } from '../words/words';
import { Card } from './card';

const STATUS_WORDS: Record<Status, Word> = {
  new: 'statusNew',
  verified: 'statusVerified',
  rejected: 'statusRejected',
  duplicate: 'statusDuplicate',
};
const REASON_WORDS: Record<(typeof REASONS)[number], Word> = {
  review: 'reasonReview',
  response: 'reasonResponse',
  correction: 'reasonCorrection',
  request: 'reasonRequest',
};

class ReviewPage {
  private readonly desk = new Desk();
  private readonly account: Account;
  private readonly status: HTMLSelectElement;
  private readonly reason: HTMLSelectElement;
  private readonly list = h('ol', { class: 'reports' });
  private readonly note = h('p', { class: 'note', role: 'status' });
  private readonly older: HTMLButtonElement;
  private readonly together: HTMLElement;
  private readonly count = h('span', { role: 'status' });
  private readonly chooser: HTMLElement;
  private readonly cards = new Map<string, Card>();
  private readonly live = new Live(({ kind }) => void ((kind === 'report' || kind === 'reset') && this.look()));
  private next: string | null = null;

  constructor(private readonly words: Words) {
    this.account = new Account(words, () => {
      this.live.restart();
      void this.open();
    });
    const states = STATUSES.map(one => option(one, words.say(STATUS_WORDS[one])));
    this.status = h('select', { name: 'status' }, { change: () => void this.open() }, ...states);
    this.reason = this.makeReason();
    this.older = h('button', { type: 'button', hidden: true }, { click: () => void this.add(this.next) }, words.say('modOlder'));
    this.together = this.makeTogether();
    const fields = [field(words.say('modStatus'), this.status), field(words.say('modSevere'), this.reason)];
    this.chooser = h('div', { class: 'filter', hidden: true }, ...fields);
    const top = h('header', {}, h('a', { href: './' }, 'Relief'), this.account.element);
    const main = h('main', {}, h('h1', {}, words.say('modReview')), this.chooser, this.note, this.list, this.older, this.together);
    document.body.replaceChildren(top, main);
    const listen = (): void => this.live.listen(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', listen);
    listen();
  }

  /** Severe reports are shown for a reason only, and the log keeps it. */
  private makeReason(): HTMLSelectElement {
    const { words } = this;
    const reasons = REASONS.map(one => option(one, words.say(REASON_WORDS[one])));
    const choose = (): void => {
      this.desk.reason = this.reason.value;
      void this.open();
    };
    const none = option('', words.say('modSevereHidden'));
    return h('select', { name: 'reason', title: words.say('modSevereHelp') }, { change: choose }, none, ...reasons);
  }

  /** The same decision for all that are chosen. */
  private makeTogether(): HTMLElement {
    const { words } = this;
    const button = (word: Word, decision: Decision, kind = ''): HTMLElement =>
      h('button', { type: 'button', class: kind }, { click: () => void this.decideTogether(decision) }, words.say(word));
    return h(
      'div',
      { class: 'together', hidden: true },
      this.count,
      button('modReject', { status: 'rejected' }),
      button('modVerify', { status: 'verified' }, 'primary'),
    );
  }

  private chosen(): Card[] {
    return [...this.cards.values()].filter(card => card.isChosen);
  }

  private countChosen(): void {
    const { length } = this.chosen();
    this.together.hidden = length === 0;
    say(this.count, this.words.say('modSelected', { count: this.words.number(length) }));
  }

  private async decideTogether(decision: Decision): Promise<void> {
    const chosen = new Map(this.chosen().map(card => [card.report.id, card]));
    try {
      const { changed, failed } = await this.desk.decideAll([...chosen.keys()], decision);
      changed.forEach(id => this.remove(id));
      failed.forEach(({ id, detail }) => chosen.get(id)?.fail(detail));
    } catch (error) {
      this.tellFailure(error);
    }
    this.countChosen();
  }

  async open(): Promise<void> {
    const who = await asker();
    this.account.update(who);
    this.list.replaceChildren();
    this.cards.clear();
    this.older.hidden = true;
    this.countChosen();
    // Others are shown the public list, which is nothing to decide on.
    const decides = who.role === 'moderator' || who.role === 'admin';
    this.chooser.hidden = !decides;
    if (decides) await this.add(null);
    else say(this.note, this.words.say('modClosed'));
  }

  /** What came in since, above what is there: a card that somebody works on stays as it is. */
  private async look(): Promise<void> {
    if (this.cards.size) await this.read(null, cards => this.list.prepend(...cards)).catch(() => undefined);
    else await this.open();
  }

  private async add(cursor: string | null): Promise<void> {
    this.older.disabled = true;
    try {
      this.next = await this.read(cursor, cards => this.list.append(...cards));
      this.older.hidden = this.next === null;
      say(this.note, this.cards.size ? '' : this.words.say('modNone'));
    } catch (error) {
      this.tellFailure(error);
    }
    this.older.disabled = false;
  }

  private tellFailure(error: unknown): void {
    const closed = error instanceof NotAllowed;
    const offline = error instanceof TypeError;
    say(this.note, closed ? this.words.say('modClosed') : offline ? this.words.say('unreachable') : (error as Error).message);
  }

  private async read(cursor: string | null, put: (cards: HTMLElement[]) => void): Promise<string | null> {
    const status = this.status.value as Status;
    const { reports, next } = await this.desk.read(status, cursor);
    if (status !== this.status.value) return this.next; // another list was chosen meanwhile
    const fresh = reports.filter(({ id }) => !this.cards.has(id));
    put(fresh.map(report => this.card(report)));
    return next;
  }

  private card(report: Report): HTMLElement {
    const { id } = report;
    const card = new Card(report, this.words, this.desk, {
      decided: now => {
        say(this.note, this.words.say('modSaved', { title: now.properties.title }));
        if (now.properties.status === this.status.value) this.replace(now);
        else this.remove(id);
      },
      erased: () => {
        say(this.note, this.words.say('modErased'));
        this.remove(id);
      },
      selected: () => this.countChosen(),
    });
    this.cards.set(id, card);
    return card.element;
  }

  private replace(report: Report): void {
    const old = this.cards.get(report.id);
    const element = this.card(report);
    old?.element.replaceWith(element);
    element.querySelector<HTMLElement>('.primary')?.focus();
  }

  /** The next one is at hand, without a mouse too. */
  private remove(id: string): void {
    const element = this.cards.get(id)?.element;
    const next = element?.nextElementSibling?.querySelector<HTMLElement>('.primary');
    element?.remove();
    this.cards.delete(id);
    next?.focus();
    this.countChosen();
  }
}

takeToken();
showTheme(keptTheme());
const words = new Words(languageFor([keptLanguage(), ...navigator.languages]), navigator.languages);
document.documentElement.lang = words.language;
document.documentElement.dir = words.direction;
void new ReviewPage(words).open();
