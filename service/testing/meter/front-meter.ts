/**
 * What API Gateway, Lambda and CloudWatch bill, as counts of what went through them.
 * HTTP APIs "are metered in 512 KB increments", WebSocket messages "in 32 KB increments" in either direction:
 * https://aws.amazon.com/api-gateway/pricing/ · Lambda: a request each, and its time in whole milliseconds times its memory:
 * https://aws.amazon.com/lambda/pricing/ ·
 * https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/ · a line of the log is its bytes and 26 more:
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
import type { Gateway } from '../../aws/gateway.ts';
import type { UsageBook } from './usage.ts';

const HTTP_BYTES = 512 * 1024;
const MESSAGE_BYTES = 32 * 1024;
const LINE_BYTES = 26;
const MB_IN_GB = 1024;

export interface FrontMeter {
  http(requestBytes: number, answerBytes: number): void;
  /** From or to a viewer. */
  message(bytes: number, way: 'in' | 'out'): void;
  invocation(memoryMb: number, durationMs: number): void;
  /** A container: billed like its work since August 2025. */
  opened(memoryMb: number, durationMs: number): void;
  log(line: string): void;
  connected(minutes: number): void;
}

const gbSeconds = (memoryMb: number, durationMs: number): number =>
  (Math.max(1, Math.ceil(durationMs)) / 1000) * (memoryMb / MB_IN_GB);

export const createFrontMeter = (book: UsageBook): FrontMeter => ({
  http: (requestBytes, answerBytes) => {
    book.add('httpRequests', Math.max(1, Math.ceil(Math.max(requestBytes, answerBytes) / HTTP_BYTES)));
    book.add('egressBytes', answerBytes);
  },
  message: (bytes, way) => {
    book.add('webSocketMessages', Math.max(1, Math.ceil(bytes / MESSAGE_BYTES)));
    if (way === 'out') book.add('egressBytes', bytes);
  },
  invocation: (memoryMb, durationMs) => {
    book.add('invocations', 1);
    book.add('gbSeconds', gbSeconds(memoryMb, durationMs));
  },
  opened: (memoryMb, durationMs) => book.add('gbSeconds', gbSeconds(memoryMb, durationMs)),
  log: (line) => book.add('logBytes', Buffer.byteLength(line) + LINE_BYTES),
  connected: (minutes) => book.add('connectionMinutes', minutes),
});

/** Every frame is delivered, when it has been `answered`. */
export const meteredGateway = (
  meter: FrontMeter,
  answered: () => Promise<void> = () => Promise.resolve(),
): Gateway => ({
  post: async (_, frame) => {
    meter.message(frame.byteLength, 'out');
    await answered();
    return 'sent';
  },
  close: () => Promise.resolve('closed'),
});
