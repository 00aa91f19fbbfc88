/** How far back the overview looks, as it stands in the address: `?window=6h`. */
import type { StatsWindow } from '@holdfast/api/types';
import { statsWindowValues } from '@holdfast/api/types';

const USUAL: StatsWindow = '1h';

/** What is no window is the usual one; the switch shows which. */
export const windowOf = (parameters: Pick<URLSearchParams, 'get'>): StatsWindow =>
  statsWindowValues.find((each) => each === parameters.get('window')) ?? USUAL;

/** With `?`, or empty for the usual one. */
export const searchOfWindow = (window: StatsWindow): '' | `?${string}` => (window === USUAL ? '' : `?window=${window}`);
