/**
 * Stands in the browser for `devalue`, with which SvelteKit reads what its own server sends: 4 KB for data that a static
 * app never gets. What it keeps in the history of the browser is plain JSON. Whoever adds server data learns it here.
 */
export const stringify = (state: unknown): string => JSON.stringify(state);
export const parse = (state: string): unknown => JSON.parse(state);

function refuse(): never {
  throw new Error('The dashboard is static: SvelteKit has no server that could send data.');
}

export { refuse as stringifyAsync, refuse as unflatten, refuse as uneval };
