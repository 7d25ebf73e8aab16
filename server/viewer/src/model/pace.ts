// Something that is to be done soon after it was asked for, and not too often.

const TOGETHER_MS = 150; // what is asked for within so short a time is done once
const BETWEEN_MS = 1_000;

export class Pace {
  private timer: number | undefined;
  private done = 0;

  constructor(private readonly act: () => void) {}

  soon(): void {
    const rest = this.done + BETWEEN_MS - Date.now();
    this.timer ??= window.setTimeout(() => {
      this.timer = undefined;
      this.done = Date.now();
      this.act();
    }, Math.max(TOGETHER_MS, rest));
  }
}
