/** Works off messages by what they say; `exit` and `hang` befall the whole batch, at their first delivery only. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { note } from './witness.ts';

export const handler = async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  note(`batch ${Records.length} ${Math.ceil(context.getRemainingTimeInMillis() / 1_000)} s`);
  const failed: string[] = [];
  for (const { body, messageId, attributes } of Records) {
    note(`${body} ${attributes.ApproximateReceiveCount}`);
    const isFirst = attributes.ApproximateReceiveCount === '1';
    if (body === 'exit' && isFirst) process.exit(1);
    if (body === 'slow' && isFirst) await sleep(1_500);
    if (body === 'unknown' && isFirst) return { batchItemFailures: [{ itemIdentifier: 'none of these' }] };
    if (body === 'poison' || (body === 'fail' && isFirst)) failed.push(messageId);
    else note(`${body} done`);
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
