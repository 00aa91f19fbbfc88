/** The queues and the table of a stage, made in the emulators, and what CloudFormation would put in place of { Ref } and its like. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { dynamoClient, REGION } from '../emulators/dynamo.ts';
import { sqsClient } from '../emulators/sqs.ts';
import type { Values } from './serverless-file.ts';
import type { Resource, Stage } from './stage.ts';

export const ACCOUNT = '000000000000';
/** Of queues, those that change what a test sees. */
const QUEUE_ATTRIBUTES = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
];
const TABLE_FIELDS = ['AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes'];

export interface Places {
  /** Where queue urls point to. */
  readonly sqs: string;
  /** Of the HTTP and the WebSocket API, without their schemes. */
  readonly host: string;
}

export class Resources {
  readonly #stage: Stage;
  readonly #places: Places;

  constructor(stage: Stage, places: Places) {
    this.#stage = stage;
    this.#places = places;
  }

  /** Throws for what has no value here. */
  resolve(value: unknown): unknown {
    if (typeof value === 'string') return this.#atHome(value);
    if (Array.isArray(value)) return value.map((each) => this.resolve(each));
    if (typeof value !== 'object' || value === null) return value;
    const [[key, given] = ['', undefined], ...more] = Object.entries(value) as [string, unknown][];
    if (more.length === 0 && (key === 'Ref' || key.startsWith('Fn::')))
      return this.#atHome(this.#intrinsic(key, given));
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.resolve(each)]));
  }

  arnOf(logicalId: string): string {
    return `arn:aws:sqs:${REGION}:${ACCOUNT}:${this.#nameOf(logicalId)}`;
  }

  urlOf(arn: string): string {
    return `${this.#places.sqs}/${ACCOUNT}/${arn.split(':').at(-1)!}`;
  }

  /** By their names. */
  get tables(): readonly string[] {
    return this.#ofType('AWS::DynamoDB::Table').map(([id]) => this.#nameOf(id));
  }

  async createTables(endpoint: string): Promise<void> {
    const client = dynamoClient(endpoint);
    for (const [id, { Properties = {} }] of this.#ofType('AWS::DynamoDB::Table')) {
      const fields = Object.fromEntries(TABLE_FIELDS.map((field) => [field, this.resolve(Properties[field])]));
      const input = { TableName: this.#nameOf(id), BillingMode: 'PAY_PER_REQUEST', ...fields };
      await client.send(new CreateTableCommand(input as CreateTableCommandInput));
    }
    client.destroy();
  }

  /** A redrive policy names a queue that must be there. */
  async createQueues(endpoint: string): Promise<void> {
    const client = sqsClient(endpoint);
    const queues = this.#ofType('AWS::SQS::Queue');
    for (const [id, { Properties = {} }] of queues) {
      const Attributes = this.#attributes(Properties);
      await client.send(new CreateQueueCommand({ QueueName: this.#nameOf(id), Attributes }));
    }
    for (const [id, { Properties = {} }] of queues) {
      if (Properties['RedrivePolicy'] === undefined) continue;
      const Attributes = { RedrivePolicy: JSON.stringify(this.resolve(Properties['RedrivePolicy'])) };
      await client.send(new SetQueueAttributesCommand({ QueueUrl: this.urlOf(this.arnOf(id)), Attributes }));
    }
    client.destroy();
  }

  #attributes(properties: Values): Record<string, string> {
    const given = QUEUE_ATTRIBUTES.filter((name) => properties[name] !== undefined);
    return Object.fromEntries(given.map((name) => [name, String(this.resolve(properties[name]))]));
  }

  #ofType(type: string): [string, Resource][] {
    return [...this.#stage.resources].filter(([, resource]) => resource.Type === type);
  }

  #nameOf(logicalId: string): string {
    const properties = this.#stage.resources.get(logicalId)?.Properties;
    const name = properties?.['QueueName'] ?? properties?.['TableName'];
    return name === undefined ? `${this.#stage.name}-${logicalId}` : String(this.resolve(name));
  }

  #intrinsic(key: string, given: unknown): string {
    if (key === 'Ref') return this.#ref(given as string);
    if (key === 'Fn::GetAtt') return this.#attribute(...(given as [string, string]));
    if (key === 'Fn::Join') {
      const [between, parts] = given as [string, unknown[]];
      return parts.map((each) => String(this.resolve(each))).join(between);
    }
    if (key !== 'Fn::Sub') throw new Error(`The twin cannot tell what ${key} is.`);
    const [text, names = {}] = (typeof given === 'string' ? [given] : given) as [string, Values?];
    return text.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
      if (name in names) return String(this.resolve(names[name]));
      const [id, attribute] = name.split('.') as [string, string?];
      return attribute === undefined ? this.#ref(id) : this.#attribute(id, attribute);
    });
  }

  #ref(name: string): string {
    const pseudo: Record<string, string> = {
      'AWS::Region': REGION,
      'AWS::AccountId': ACCOUNT,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': `holdfast-${this.#stage.name}`,
      HttpApi: 'HttpApi',
      WebsocketsApi: 'WebsocketsApi',
    };
    const type = this.#stage.resources.get(name)?.Type;
    const known = type === 'AWS::SQS::Queue' ? this.urlOf(this.arnOf(name)) : pseudo[name];
    if (known === undefined && type !== 'AWS::DynamoDB::Table')
      throw new Error(`The twin cannot tell what ${name} is.`);
    return known ?? this.#nameOf(name);
  }

  #attribute(logicalId: string, attribute: string): string {
    if (attribute === 'Arn' && this.#stage.resources.get(logicalId)?.Type === 'AWS::SQS::Queue')
      return this.arnOf(logicalId);
    if (attribute === 'QueueName') return this.#nameOf(logicalId);
    if (attribute === 'ApiEndpoint')
      return `${logicalId === 'HttpApi' ? 'https' : 'wss'}://${logicalId}.execute-api.${REGION}.amazonaws.com`;
    throw new Error(`The twin cannot tell what ${logicalId}.${attribute} is.`);
  }

  /** The addresses of both APIs are the twin's own. */
  #atHome(text: string): string {
    return text.replaceAll(
      /(http|ws)s:\/\/(?:HttpApi|WebsocketsApi)\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g,
      (_, scheme: string) => `${scheme}://${this.#places.host}`,
    );
  }
}
