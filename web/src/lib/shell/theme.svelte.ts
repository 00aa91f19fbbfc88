/** Light, dark, or as the machine says. app.html reads the same key before the first paint. */

export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'holdfast-theme';
const CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark'];

export class Theme {
  choice = $state<ThemeChoice>('system');

  constructor() {
    this.choice = CHOICES.find((choice) => choice === document.documentElement.dataset['theme']) ?? 'system';
  }

  /** The next in the row of choices. */
  turn(): void {
    this.choice = CHOICES[(CHOICES.indexOf(this.choice) + 1) % CHOICES.length]!;
    if (this.choice === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = this.choice;
    keep(this.choice);
  }
}

function keep(choice: ThemeChoice): void {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // A browser that keeps nothing for this site: the choice holds until the page is left.
  }
}
