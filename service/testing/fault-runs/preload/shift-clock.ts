/** Loaded before a server (`node --import`): its wall clock is wrong by as much as the environment, then its parent says. */

const Right = Date;
let offsetMs = Number(process.env['CLOCK_OFFSET_MS'] ?? 0);

class Shifted extends Right {
  constructor(...given: [] | [number | string | Date]) {
    if (given.length === 0) super(Right.now() + offsetMs);
    else super(...given);
  }

  static override now(): number {
    return Right.now() + offsetMs;
  }
}

globalThis.Date = Shifted as unknown as DateConstructor;

process.on('message', ({ clockOffsetMs }: { readonly clockOffsetMs?: number }) => {
  if (clockOffsetMs === undefined) return;
  offsetMs = clockOffsetMs;
  process.send?.({ struck: 1 });
});
process.channel?.unref();
