/** The one client of the page: made by the shell, taken from the context by views, injected into what they think with. */
import type { Holdfast } from '@holdfast/sdk';
import { createContext } from 'svelte';
import type { Connection } from './connection.svelte.ts';
import type { Session } from './session/session.svelte.ts';

/** `const holdfast = getHoldfast();` while a component is being made. */
export const [getHoldfast, setHoldfast] = createContext<Holdfast>();

/** How the page hears of changes, as the shell shows it; views that follow report to it. */
export const [getConnection, setConnection] = createContext<Connection>();

/** Who looks, and what he may. */
export const [getSession, setSession] = createContext<Session>();
