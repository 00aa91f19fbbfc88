/** Notes how many messages came at once, and which. */
import type { SQSEvent } from 'aws-lambda';
import { note } from './witness.ts';

export const handler = ({ Records }: SQSEvent): void =>
  note(`gathered ${Records.length}: ${Records.map(({ body }) => body).join(' ')}`);
