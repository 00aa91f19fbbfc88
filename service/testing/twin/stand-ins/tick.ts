/** Notes that it was time. */
import type { ScheduledEvent } from 'aws-lambda';
import { note } from './witness.ts';

export const handler = (event: ScheduledEvent): void => note(`tick ${event.source}`);
