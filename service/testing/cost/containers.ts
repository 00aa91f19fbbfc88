/**
 * Containers of a function, as Lambda keeps them: each serves one invocation at a time, has its own caches, and is opened (and
 * its opening billed) when all others are busy.
 */
import type { Cloud } from './cloud.ts';

/** To load a bundle and to open what it needs. */
const OPENS_MS = 300;

export class Containers<Handler> {
  private readonly idle: Handler[] = [];
  private readonly cloud: Pick<Cloud, 'invoke' | 'front'>;
  private readonly memoryMb: number;
  private readonly open: () => Handler;
  opened = 0;

  constructor(cloud: Pick<Cloud, 'invoke' | 'front'>, memoryMb: number, open: () => Handler) {
    this.cloud = cloud;
    this.memoryMb = memoryMb;
    this.open = open;
  }

  /** The one used last is used first, so that what is not needed stays idle. */
  async run<T>(invoke: (handler: Handler) => Promise<T>): Promise<T> {
    const handler = this.idle.pop() ?? this.start();
    try {
      return await this.cloud.invoke(this.memoryMb, () => invoke(handler));
    } finally {
      this.idle.push(handler);
    }
  }

  private start(): Handler {
    this.opened += 1;
    this.cloud.front.opened(this.memoryMb, OPENS_MS);
    return this.open();
  }
}
