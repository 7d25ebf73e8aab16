// Which algorithm, its parameters and the date it compares with: a part of the style controls of one entry.

import { algorithms, type Algorithm, type AlgorithmParameter, type LayerDetail } from '../model/api';
import { withAlgorithm, type Choice } from '../model/choice';
import { textOf, valuesOf } from '../model/parameters';
import { isAlgorithmWord } from '../words/words';
import type { Context } from './context';
import { field, h, option } from './dom';

type Control = HTMLInputElement | HTMLSelectElement;

export class AlgorithmControls {
  readonly element: HTMLDivElement;
  private readonly algorithm = h('select', { name: 'algorithm' });
  private readonly against = h('select', { name: 'against' });
  private readonly againstRow: HTMLElement;
  private readonly parameters = h('div', { class: 'row' });
  private readonly note = h('p', { class: 'note', dir: 'ltr', lang: 'en' });
  private table: Algorithm[] = [];
  private fields = new Map<string, Control>();
  private shown = '';

  constructor(
    private readonly context: Context,
    private readonly filled: () => void,
  ) {
    const { words } = context;
    this.againstRow = field(words.say('against'), this.against);
    this.element = h(
      'div',
      { class: 'algorithm' },
      field(words.say('algorithm'), this.algorithm),
      this.againstRow,
      this.parameters,
      this.note,
    );
  }

  private title(name: string): string {
    const { words } = this.context;
    if (isAlgorithmWord(name)) return words.say(name);
    return this.table.find(one => one.name === name)?.title ?? name;
  }

  /** Asks for the table when the layer has a use for it. */
  fill(detail: LayerDetail): void {
    const { words } = this.context;
    const names = detail.algorithms ?? [];
    this.algorithm.replaceChildren(...names.map(name => option(name, this.title(name))));
    this.against.replaceChildren(
      option('', words.say('automatic')),
      ...[...(detail.times ?? [])].reverse().map(time => option(time, words.date(time))),
    );
    if (names.length > 0 && this.table.length === 0) void this.ask();
  }

  private async ask(): Promise<void> {
    try {
      this.table = await algorithms();
      this.filled();
    } catch {
      // Without the table the names still work; the parameters stay the algorithm's own.
    }
  }

  draw(choice: Choice): void {
    this.element.hidden = choice.view !== 'algorithm';
    if (this.element.hidden) return;
    // Names beyond the list may come with a shared address.
    if (choice.algorithm && ![...this.algorithm.options].some(one => one.value === choice.algorithm)) {
      this.algorithm.append(option(choice.algorithm, this.title(choice.algorithm)));
    }
    this.algorithm.value = choice.algorithm;
    const facts = this.table.find(one => one.name === choice.algorithm);
    this.againstRow.hidden = !facts?.two_dates;
    this.against.value = choice.against;
    if (facts && this.shown !== facts.name) this.show(facts);
    const values = valuesOf(choice.parameters);
    for (const one of facts?.parameters ?? []) {
      const control = this.fields.get(one.name);
      if (control && document.activeElement !== control) {
        control.value = values[one.name] ?? (one.default === null ? '' : String(one.default));
      }
    }
  }

  private show(facts: Algorithm): void {
    this.shown = facts.name;
    this.fields = new Map(facts.parameters.map(one => [one.name, this.control(one)]));
    this.parameters.replaceChildren(
      ...facts.parameters.map(one => {
        const control = this.fields.get(one.name) ?? h('input');
        return field(`${one.name}${one.unit ? ` (${one.unit})` : ''}`, control);
      }),
    );
    this.note.textContent = `${facts.validity} ${facts.paper}.`;
  }

  private control({ name, meaning, choices, minimum, maximum }: AlgorithmParameter): Control {
    if (choices) {
      const control = h('select', { name: `parameter-${name}`, title: meaning });
      control.append(...choices.map(word => option(word, word)));
      return control;
    }
    const bounds = `${meaning} (${minimum ?? ''} – ${maximum ?? ''})`;
    return h('input', { name: `parameter-${name}`, inputmode: 'decimal', dir: 'ltr', autocomplete: 'off', title: bounds });
  }

  /** The choice with what the fields say; another algorithm begins anew. */
  chosen(choice: Choice): Choice {
    const name = this.algorithm.value;
    if (name !== choice.algorithm) return withAlgorithm(choice, name);
    const facts = this.table.find(one => one.name === name);
    if (!facts) return choice;
    const values = Object.fromEntries([...this.fields].map(([field, control]) => [field, control.value]));
    return { ...choice, parameters: textOf(values, facts.parameters), against: this.against.value };
  }
}
