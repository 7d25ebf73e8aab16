// Builds elements. Text only ever becomes text nodes: titles and refusals come from files of strangers.

type Child = Node | string | null | undefined | false;
type Value = string | number | boolean | null | undefined;
type Handlers = { [E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => void };
export type Attributes = Record<string, Value> & { on?: never };

/** `h('button', { class: 'x', 'aria-pressed': true }, { click }, 'text')` */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...rest: (Child | Handlers)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  for (const part of rest) {
    if (part === null || part === undefined || part === false) continue;
    if (typeof part === 'string' || part instanceof Node) element.append(part);
    else listen(element, part);
  }
  return element;
}

function listen(element: HTMLElement, handlers: Handlers): void {
  for (const [name, handler] of Object.entries(handlers)) {
    element.addEventListener(name, handler as EventListener);
  }
}

export function setAttributes(element: Element, attributes: Record<string, Value>): void {
  for (const [name, value] of Object.entries(attributes)) {
    const states = name.startsWith('aria-');
    if (value === null || value === undefined || (value === false && !states)) {
      element.removeAttribute(name);
    } else {
      element.setAttribute(name, value === true && !states ? '' : String(value));
    }
  }
}

/** Replaces what is inside, and only when it differs as text: a screen reader is not told twice. */
export function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function option(value: string, text: string): HTMLOptionElement {
  return h('option', { value }, text);
}

/** A labelled form field. */
export function field(label: string, control: HTMLElement): HTMLLabelElement {
  return h('label', { class: 'field' }, h('span', { class: 'field-name' }, label), control);
}
