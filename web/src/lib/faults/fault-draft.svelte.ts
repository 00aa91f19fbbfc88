/**
 * The faults as somebody writes them. As long as nothing is changed it follows what is on; then it stays, and says when what is on
 * has become another. An amount is null while its field holds no number.
 */
import type { FaultSettings, FieldError, TypeFault } from '@holdfast/api/types';

export type Amount = number | null;
type FailureClass = NonNullable<TypeFault['failureClass']>;

/** A class, so that its fields can be bound wherever it is shown. */
export class TypeDraft {
  readonly type: string;
  failureRate = $state<Amount>(0);
  failureClass = $state<FailureClass>('NETWORK');
  delaySeconds = $state<Amount>(0);
  crashRate = $state<Amount>(0);

  constructor({ type, failureRate = 0, failureClass = 'NETWORK', delaySeconds = 0, crashRate = 0 }: TypeFault) {
    this.type = type;
    this.failureRate = failureRate;
    this.failureClass = failureClass;
    this.delaySeconds = delaySeconds;
    this.crashRate = crashRate;
  }

  /** Fields that are states are none of the object's own. */
  toJSON() {
    const { type, failureRate, failureClass, delaySeconds, crashRate } = this;
    return { type, failureRate, failureClass, delaySeconds, crashRate };
  }
}

interface Drafted {
  types: TypeDraft[];
  doorbell: { loseRate: Amount; duplicateRate: Amount };
  ledger: { refuseRate: Amount; loseReplyRate: Amount };
  endsAfterSeconds: Amount;
}

export class FaultDraft {
  #drafted = $state<Drafted>(draftOf({}));
  #shown = '';

  get types(): readonly TypeDraft[] {
    return this.#drafted.types;
  }

  get doorbell(): Drafted['doorbell'] {
    return this.#drafted.doorbell;
  }

  get ledger(): Drafted['ledger'] {
    return this.#drafted.ledger;
  }

  get endsAfterSeconds(): Amount {
    return this.#drafted.endsAfterSeconds;
  }

  set endsAfterSeconds(seconds: Amount) {
    this.#drafted.endsAfterSeconds = seconds;
  }

  isTouched(): boolean {
    return this.#shown !== '' && JSON.stringify(this.#drafted) !== this.#shown;
  }

  /** Whether somebody else has changed what is on, while this was being written. */
  differs(faults: FaultSettings): boolean {
    return this.isTouched() && JSON.stringify(draftOf(faults)) !== this.#shown;
  }

  follow(faults: FaultSettings): void {
    if (!this.isTouched()) this.show(faults);
  }

  /** Whatever was written. */
  show(faults: FaultSettings): void {
    const drafted = draftOf(faults);
    const text = JSON.stringify(drafted);
    if (text === JSON.stringify(this.#drafted) && text === this.#shown) return;
    this.#shown = text;
    this.#drafted = drafted;
  }

  add(type: string): void {
    this.#drafted.types.push(new TypeDraft({ type }));
  }

  remove(type: string): void {
    this.#drafted.types = this.#drafted.types.filter((each) => each.type !== type);
  }

  /** What the server could not say of a percentage, or of a field without a number. */
  errors(): readonly FieldError[] {
    return amountsOf(this.#drafted).flatMap(({ pointer, amount }) => {
      if (pointer.endsWith('Rate'))
        return amount !== null && amount >= 0 && amount <= 1 ? [] : [{ pointer, message: RATE }];
      return amount === null ? [{ pointer, message: 'Write a number of seconds.' }] : [];
    });
  }

  /** To be asked for when there are no errors. */
  settings(): FaultSettings {
    return JSON.parse(JSON.stringify(this.#drafted)) as FaultSettings;
  }

  pointers(): ReadonlySet<string> {
    return new Set(amountsOf(this.#drafted).map(({ pointer }) => pointer));
  }
}

const RATE = 'From 0 to 100 %.';

function draftOf({ types = [], doorbell, ledger, endsAfterSeconds = 600 }: FaultSettings): Drafted {
  return {
    types: types.map((fault) => new TypeDraft(fault)),
    doorbell: { loseRate: 0, duplicateRate: 0, ...doorbell },
    ledger: { refuseRate: 0, loseReplyRate: 0, ...ledger },
    endsAfterSeconds,
  };
}

/** Each field with a number, by its JSON Pointer into the settings. */
function amountsOf({ types, doorbell, ledger, endsAfterSeconds }: Drafted) {
  const ofTypes = types.flatMap(({ failureRate, delaySeconds, crashRate }, index) =>
    Object.entries({ failureRate, delaySeconds, crashRate }).map(([name, amount]) => [
      `/types/${index}/${name}`,
      amount,
    ]),
  );
  const ofParts = Object.entries({ doorbell, ledger }).flatMap(([part, rates]) =>
    Object.entries(rates).map(([name, amount]) => [`/${part}/${name}`, amount]),
  );
  const all = [...ofTypes, ...ofParts, ['/endsAfterSeconds', endsAfterSeconds]] as [string, Amount][];
  return all.map(([pointer, amount]) => ({ pointer, amount }));
}
