/** Faults as a tenant has set them, with nothing left out. */
import type { DoorbellFault, FaultSettings, LedgerFault, TypeFault } from '@holdfast/api/types';

export interface Faults {
  readonly types: readonly Required<TypeFault>[];
  readonly doorbell: Required<DoorbellFault>;
  readonly ledger: Required<LedgerFault>;
  readonly endsAfterSeconds: number;
}

/** What the contract says of fields that are left out. */
export function complete({ types = [], doorbell, ledger, endsAfterSeconds = 600 }: FaultSettings): Faults {
  return {
    types: types.map((each) => ({
      failureRate: 0,
      failureClass: 'NETWORK',
      delaySeconds: 0,
      crashRate: 0,
      ...each,
    })),
    doorbell: { loseRate: 0, duplicateRate: 0, ...doorbell },
    ledger: { refuseRate: 0, loseReplyRate: 0, ...ledger },
    endsAfterSeconds,
  };
}

export function isNothing({ types, doorbell, ledger }: Faults): boolean {
  const rates = [
    ...types.flatMap(({ failureRate, delaySeconds, crashRate }) => [failureRate, delaySeconds, crashRate]),
    ...Object.values(doorbell),
    ...Object.values(ledger),
  ];
  return rates.every((rate) => rate === 0);
}
