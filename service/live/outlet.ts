/** The way to one client. Nothing here waits: what a client does not read stays with its socket, and is counted. */
export interface Outlet {
  send(frame: Buffer): void;
  /** Bytes that were sent and that the client has not taken yet. */
  readonly bufferedBytes: number;
  /** Whether messages of the client are taken. */
  setListening(isListening: boolean): void;
  /** After all that was sent. */
  close(code: number, reason: string): void;
}
