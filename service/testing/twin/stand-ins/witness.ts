/** Notes, before anything else happens, what a stand-in was asked for: a line each in the file that WITNESS names. */
import { appendFileSync } from 'node:fs';

export const note = (what: string): void => appendFileSync(process.env['WITNESS']!, `${what}\n`);
