/** The whole client over the connection of the page, for views that do more than read tasks: 3 KB that the list does without. */
import { holdfastOver, type Holdfast } from '@holdfast/sdk';
import { getReader } from './client.ts';

/** `const holdfast = getHoldfast();` while a component is being made. */
export const getHoldfast = (): Holdfast => holdfastOver(getReader());
