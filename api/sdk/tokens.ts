// Says with each request who asks. A function is asked before each; once the server refuses what it answered, it is asked once
// more for all calls under way, and each of them tries once more. What is refused again, or is the same as before, is the answer.
import { HoldfastError } from './errors.ts';

/** Of an API key or an issuer; or what answers it, undefined for none. */
export type Token = string | (() => string | undefined | Promise<string | undefined>);

/** What would be named in full by whoever sets the header, and logged by whoever catches that. */
function sendable(token: string | undefined): string | undefined {
  if (token === undefined || /^[ -~]*$/.test(token.trim())) return token;
  throw new HoldfastError('The token has a line break or a character that no header can carry');
}

type Request = (token: string | undefined) => Promise<Response>;

export function authorized(given: Token | undefined): (request: Request) => Promise<Response> {
  if (typeof given !== 'function') return async (request) => request(sendable(given));
  // Counts the fresh tokens, so that a call knows whether one was asked for since it began.
  let round = 0;
  let fresh: ReturnType<typeof given>;
  return async (request) => {
    const began = round;
    const token = await given();
    const response = await request(sendable(token));
    if (response.status !== 401) return response;
    if (began === round) {
      round++;
      fresh = given();
    }
    const other = await fresh;
    if (other === undefined || other === token) return response;
    // Unread, it would keep its connection.
    await response.body?.cancel();
    return request(sendable(other));
  };
}
