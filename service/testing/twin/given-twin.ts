/** A twin of the stand-ins for a test, and what they noted. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { sqsClient } from '../emulators/sqs.ts';
import { ACCOUNT } from './resources.ts';
import type { TwinOptions } from './options.ts';
import type { Twin } from './twin.ts';
import { startTwin } from './twin.ts';

export const STAND_INS = join(import.meta.dirname, 'stand-ins/serverless.yml');

export class GivenTwin {
  readonly #folder = mkdtempSync(join(tmpdir(), 'holdfast-twin-'));
  readonly #witness = join(this.#folder, 'witness.txt');
  #twin: Twin | undefined;

  async start(options: TwinOptions = {}): Promise<Twin> {
    writeFileSync(this.#witness, '');
    const environment = { ...options.environment, WITNESS: this.#witness };
    this.#twin = await startTwin({ file: STAND_INS, ...options, environment });
    return this.#twin;
  }

  async stop(): Promise<void> {
    await this.#twin?.stop();
    rmSync(this.#folder, { recursive: true });
  }

  noted(): string[] {
    return readFileSync(this.#witness, 'utf8').split('\n').filter(Boolean);
  }

  /** At most ten, to a queue that has no name of its own. */
  async send(queue: string, ...bodies: string[]): Promise<void> {
    const endpoint = this.#twin!.emulators.sqs;
    const Entries = bodies.map((MessageBody, i) => ({ Id: String(i), MessageBody }));
    const client = sqsClient(endpoint);
    await client.send(new SendMessageBatchCommand({ QueueUrl: `${endpoint}/${ACCOUNT}/dev-${queue}`, Entries }));
    client.destroy();
  }
}
