// Plays moments one after another. The next one is shown when its time has come and its picture is there.

export const SPEEDS: readonly number[] = [0.5, 1, 2]; // pictures a second

export interface Reel {
  /** The moment after the one that is shown; null when there is none. */
  next(): string | null;
  /** Ends when all that belongs to the moment is there. */
  prepare(moment: string): Promise<void>;
  show(moment: string): void;
  /** Playing began or ended. */
  changed(): void;
}

const rest = (milliseconds: number): Promise<void> =>
  new Promise(resolve => void setTimeout(resolve, milliseconds));

export class Player {
  speed = 1;
  private run: object | null = null;

  constructor(private readonly reel: Reel) {}

  get playing(): boolean {
    return this.run !== null;
  }

  play(): void {
    if (this.run) return;
    this.run = {};
    void this.go(this.run);
    this.reel.changed();
  }

  pause(): void {
    if (!this.run) return;
    this.run = null;
    this.reel.changed();
  }

  /** A pause and another start make another run: the old one must not go on beside it. */
  private async go(run: object): Promise<void> {
    while (this.run === run) {
      const next = this.reel.next();
      if (next === null) return this.pause();
      await Promise.all([rest(1000 / this.speed), this.reel.prepare(next)]);
      if (this.run === run) this.reel.show(next);
    }
  }
}
