/** What seeds should come by, so that nobody has to believe that the simulation meets it: counted, and printed. */

export const FACTS = [
  'sweeper died in mid page',
  'sweeper lost a race for a task',
  'unreadable item pushed on',
  'two redrives at once',
  'redrive while an old attempt lives',
  'commit after the attempt was taken over',
  'cancel of a running attempt confirmed',
  'cancel lost to a success',
  'batch accepted in part',
  'same request twice in one batch',
  'submit accepted while the queue was down',
  'bell rung anew after its ledger was away',
  'bells returned in part',
  'ten bells at once',
  'invocation stopped at its time limit',
  'commit failed for all',
  'commit failed for one item',
  'attempt of an old boot reaped',
  'task lost three times alone',
] as const;

export type Fact = (typeof FACTS)[number];
