// Who looks: signing in and out, and the pages that a role opens.

import '../styles/account.css';

import { keepView, NOBODY, providerAddress, signIn, signOut, type Asker, type SignInFailure } from '../model/session';
import type { Word, Words } from '../words/words';
import { field, h, say } from './dom';
import { icon } from './icons';

const ROLES: Record<string, Word> = {
  viewer: 'roleViewer',
  analyst: 'roleAnalyst',
  moderator: 'roleModerator',
  admin: 'roleAdmin',
};

export class Account {
  readonly element = h('div', { class: 'account' });
  private readonly dialog: HTMLDialogElement;
  private readonly name: HTMLInputElement;
  private readonly password: HTMLInputElement;
  private readonly failure = h('p', { class: 'refusal', role: 'alert' });
  private readonly submit: HTMLButtonElement;
  private readonly provider: HTMLElement;
  private shown = '';

  constructor(
    private readonly words: Words,
    /** Somebody else looks now. */
    private readonly changed: () => void,
  ) {
    this.name = h('input', { name: 'name', autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', required: true });
    this.password = h('input', { name: 'password', type: 'password', autocomplete: 'current-password', required: true });
    this.submit = h('button', { class: 'primary' }, words.say('signIn'));
    this.provider = h('a', { class: 'provider', href: providerAddress() }, { click: keepView }, words.say('signInProvider'));
    this.dialog = this.makeDialog();
    this.update(NOBODY);
  }

  private makeDialog(): HTMLDialogElement {
    const { words } = this;
    const heading = h('h2', { id: 'sign-in' }, words.say('signIn'));
    const cancel = h('button', { type: 'button' }, { click: () => this.dialog.close() }, words.say('cancel'));
    const form = h(
      'form',
      { method: 'dialog' },
      { submit: event => void this.send(event) },
      heading,
      this.provider,
      field(words.say('userName'), this.name),
      field(words.say('password'), this.password),
      this.failure,
      h('div', { class: 'dialog-buttons' }, cancel, this.submit),
    );
    const dialog = h('dialog', { class: 'sign-in', 'aria-labelledby': 'sign-in' }, form);
    dialog.addEventListener('close', () => {
      this.password.value = '';
      say(this.failure, '');
    });
    return dialog;
  }

  private async send(event: Event): Promise<void> {
    event.preventDefault();
    say(this.failure, '');
    this.submit.disabled = true;
    const failure = await signIn(this.name.value, this.password.value);
    this.submit.disabled = false;
    if (failure) {
      say(this.failure, this.textOf(failure));
      this.password.select();
      return;
    }
    this.dialog.close();
    this.changed();
  }

  private textOf(failure: SignInFailure): string {
    const { words } = this;
    switch (failure.why) {
      case 'wrong':
        return words.say('signInWrong');
      case 'wait':
        return words.say('signInWait', { span: words.span(Math.max(60_000, failure.seconds * 1000)) });
      case 'away':
        return words.say('unreachable');
      case 'other':
        return failure.text;
    }
  }

  private async leave(): Promise<void> {
    await signOut();
    this.changed();
  }

  update(asker: Asker): void {
    const now = JSON.stringify(asker);
    if (now === this.shown) return;
    this.shown = now;
    const { words } = this;
    this.provider.hidden = !asker.oidc;
    const report = h('a', { href: 'report', class: 'docs' }, icon('report'), words.say('reportLink'));
    this.element.replaceChildren(report, ...this.ofAsker(asker), this.dialog);
  }

  private ofAsker({ by, name, role }: Asker): HTMLElement[] {
    const { words } = this;
    if (by === 'nothing') {
      const open = h('button', { type: 'button', 'aria-haspopup': 'dialog' }, { click: () => this.dialog.showModal() }, icon('person'), words.say('signIn'));
      return [open];
    }
    const known = ROLES[role];
    const duty = known ? words.say(known) : role;
    const who = h('span', { class: 'who' }, icon('person'), h('bdi', {}, name ?? words.say('token')), ` · ${duty}`);
    const review = h('a', { href: 'moderate', class: 'docs' }, icon('eye'), words.say('modReview'));
    const audit = h('a', { href: 'audit-log', class: 'docs' }, icon('list'), words.say('auditLog'));
    const out = h('button', { type: 'button' }, { click: () => void this.leave() }, words.say('signOut'));
    const moderates = role === 'moderator' || role === 'admin';
    return [who, ...(moderates ? [review] : []), ...(role === 'admin' ? [audit] : []), ...(by === 'session' ? [out] : [])];
  }
}
