/** The path of a Chromium that starts, or undefined. With `CHROME_PATH` nothing else is looked for. */
export function findBrowser(): string | undefined;
