import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { newTable, startDynamo } from './dynamo.ts';
import { sqsClient, startSqs } from './sqs.ts';

test('a table keeps an item until its emulator is stopped', async () => {
  const dynamo = await startDynamo();
  const { client, name } = await newTable(dynamo, 'trial');
  const Item = { PK: 'a', SK: 'b', AP: 'OPEN#0', AS: '1', value: 'ü' };
  await client.send(new PutCommand({ TableName: name, Item }));
  const read = await client.send(new GetCommand({ TableName: name, Key: { PK: 'a', SK: 'b' } }));
  expect(read.Item).toEqual(Item);
  await dynamo.stop();
});

test('a queue hands on a message', async () => {
  const sqs = await startSqs();
  const client = sqsClient(sqs.endpoint);
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'trial' }));
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
  const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages?.map(({ Body }) => Body)).toEqual(['hello']);
  await sqs.stop();
});
