import { oneMachineRows } from './one-machine-rows.ts';
import { tableOf } from './table.ts';
const rows = oneMachineRows();
await rows.start();
const ids = (process.argv[2] ?? '').split(',');
const played = [];
for (const row of rows.rows.filter(({ id }) => ids.includes(id))) {
  const t = performance.now();
  const verdict = await row.play(Number(process.argv[3] ?? 30));
  console.log(row.id, Math.round(performance.now() - t), JSON.stringify(verdict));
  played.push({ row, verdict });
}
console.log(tableOf(played));
await rows.stop();
