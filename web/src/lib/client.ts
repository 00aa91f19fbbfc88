/**
 * The one client of the page: made by the shell, taken from the context by views, injected into what they think with. It reads
 * tasks; what else a view asks for it loads itself, with holdfast.ts.
 */
import type { TaskReader } from '@holdfast/sdk';
import { createContext } from 'svelte';
import type { Connection } from './connection.svelte.ts';
import type { Session } from './session/session.svelte.ts';

/** `const reader = getReader();` while a component is being made. */
export const [getReader, setReader] = createContext<TaskReader>();

/** How the page hears of changes, as the shell shows it; views that follow report to it. */
export const [getConnection, setConnection] = createContext<Connection>();

/** Who looks, and what he may. */
export const [getSession, setSession] = createContext<Session>();
