/** Who is asked: whether a Holdfast answers at a URL, which one, and on which engine. */
import { CannotRun } from './sentences.ts';

const ANSWERS_WITHIN_MS = 15_000;

export type EngineName = 'one-machine' | 'twin' | 'aws';

export interface Found {
  readonly engine: EngineName;
  readonly holdfast: string;
}

interface Asked {
  readonly url: string;
  readonly key: string | undefined;
}

interface Said {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One machine counts each change exactly; AWS, and its twin, say that they count about. Throws CannotRun. */
export async function find({ url, key }: Asked): Promise<Found> {
  const health = await said(`${url}/health`, undefined);
  if (health.status !== 200 || health.body['status'] !== 'ok' || typeof health.body['version'] !== 'string')
    throw new CannotRun(`What answers at ${url} is no Holdfast: GET /health says ${health.status}.`);
  const stats = await said(`${url}/stats`, key);
  if (stats.status === 401 && key === undefined)
    throw new CannotRun(`${url} asks for a key: say --key, or set HOLDFAST_API_KEY.`);
  if (stats.status === 401) throw new CannotRun(`${url} does not take this key: ${detailOf(stats)}`);
  if (stats.status !== 200) throw new CannotRun(`${url} answers ${stats.status} to GET /stats: ${detailOf(stats)}`);
  return { engine: stats.body['exact'] === true ? 'one-machine' : 'aws', holdfast: health.body['version'] };
}

async function said(url: string, key: string | undefined): Promise<Said> {
  const headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
  try {
    const answer = await fetch(url, { headers, signal, redirect: 'manual' });
    const body = (await answer.json().catch(() => ({}))) as Said['body'] | null;
    return { status: answer.status, body: body ?? {} };
  } catch (error) {
    const { cause, message } = error as { cause?: { code?: string }; message: string };
    throw new CannotRun(`Nobody answers at ${new URL(url).origin}: ${cause?.code ?? message}.`);
  }
}

const detailOf = ({ body }: Said): string => (typeof body['detail'] === 'string' ? body['detail'] : 'it says no more.');
