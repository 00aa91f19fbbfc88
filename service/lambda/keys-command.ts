/**
 * npm run keys:aws: the keys of a stage, in its table, with the AWS credentials of whoever calls: the first key of a stage is
 * made so. Whoever may write the table may make keys for every tenant.
 */
import '../node-version.ts';
import { openTable } from '../aws/clients.ts';
import { openKeyValue } from '../aws/dynamo-key-value.ts';
import { tenantPrefix } from '../core/entry-keys.ts';
import { namesOf } from '../core/names-of.ts';
import type { KeyValue } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { runKeyCommands } from '../key-commands.ts';
import type { KeyPlace } from '../key-place.ts';
import { keeperPlace, NoKeyPlace } from '../key-place.ts';
import { systemClock } from '../platform.ts';
import { tableNamed } from './settings.ts';

const CALL = 'npm run keys:aws --';

async function openPlace(tenant: string, named: string | undefined): Promise<KeyPlace> {
  const name = tableNamed(named);
  if (name === undefined) throw new NoKeyPlace('Name the table of the stage: --table <name>, or TABLE.');
  const table = openTable(name);
  await table.client.config.region().catch((error: unknown) => {
    throw new NoKeyPlace('Name the region of the stage: set AWS_REGION.', { cause: error });
  });
  const keyValue = openKeyValue({ table, clock: systemClock });
  await refuseUnreachable(keyValue, { name, tenant });
  return keeperPlace({ keyValue, where: `in the table ${name}`, close: () => undefined }, tenant);
}

/** Before anything is made: afterwards nobody could say whether it was. */
async function refuseUnreachable(
  keyValue: KeyValue,
  { name, tenant }: { name: string; tenant: string },
): Promise<void> {
  try {
    await keyValue.list(tenantPrefix(tenant, 'api-key'), 1);
  } catch (error) {
    if (!(error instanceof LedgerUnavailable)) throw error;
    const { error: why } = namesOf(error.cause);
    const remedy = 'Look at its name, at AWS_REGION, and at whose credentials these are (AWS_PROFILE).';
    throw new NoKeyPlace(`The table ${name} could not be asked: ${why}. ${remedy}`);
  }
}

process.exitCode = await runKeyCommands(process.argv.slice(2), {
  call: CALL,
  takes: ['table'],
  about: 'The keys are in the table of a stage, which --table or TABLE names; npm run deploy shows it as TableName.',
  open: (tenant, { table }) => openPlace(tenant, table),
  sentences: [],
});
