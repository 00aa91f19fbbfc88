/** Statistics for whoever has nobody to flush them: what is counted is written at once. */
import { openStatistics } from '../aws/dynamo-statistics.ts';
import type { Ports, Statistics } from '../core/ports.ts';

export function countedAtOnce({ keyValue, clock }: Pick<Ports, 'keyValue' | 'clock'>): Statistics {
  const statistics = openStatistics({ keyValue, clock, acceptedBy: 'submit' });
  const count = async (won: Parameters<Statistics['count']>[0]) => {
    await statistics.count(won);
    await statistics.flush();
  };
  return { ...statistics, count };
}
