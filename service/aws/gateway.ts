/** The way to live connections, which API Gateway holds: a frame for one of them, or its end. */
export type Posted = 'sent' | 'gone' | 'throttled' | 'failed';

export interface Gateway {
  /** `gone`: the connection has ended, and nothing will ever reach it. Never rejects. */
  post(connectionId: string, frame: Buffer): Promise<Posted>;
  /** Ends it; one that has ended already is no fault. Never rejects. */
  close(connectionId: string): Promise<'closed' | 'failed'>;
}
