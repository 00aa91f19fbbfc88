/** A certificate that nobody has signed but itself, for one DNS name, made in the memory of a test: no key lies in the repository. */
import { generateKeyPairSync, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const SET = 0x31;
const UTF8 = 0x0c;
const UTC_TIME = 0x17;
const OCTETS = 0x04;
const BITS = 0x03;
const INTEGER = 0x02;
const OID = 0x06;
const VERSION_FIELD = 0xa0;
const EXTENSIONS_FIELD = 0xa3;
const DNS_NAME = 0x82;

const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const COMMON_NAME = '550403';
const SUBJECT_ALT_NAME = '551d11';

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const oid = (hex: string): Buffer => der(OID, Buffer.from(hex, 'hex'));

const pem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

/** What `https.createServer` takes; `cert` is its own authority. */
export function selfSigned(name: string): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(SEQUENCE, oid(ECDSA_WITH_SHA256));
  const named = der(SEQUENCE, der(SET, der(SEQUENCE, oid(COMMON_NAME), der(UTF8, Buffer.from(name)))));
  const time = (text: string): Buffer => der(UTC_TIME, Buffer.from(text));
  const names = der(OCTETS, der(SEQUENCE, der(DNS_NAME, Buffer.from(name))));
  const signed = der(
    SEQUENCE,
    der(VERSION_FIELD, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.from([1])),
    algorithm,
    named,
    der(SEQUENCE, time('200101000000Z'), time('491231235959Z')),
    named,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(EXTENSIONS_FIELD, der(SEQUENCE, der(SEQUENCE, oid(SUBJECT_ALT_NAME), names))),
  );
  const signature = der(BITS, Buffer.from([0]), sign('sha256', signed, privateKey));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: pem(der(SEQUENCE, signed, algorithm, signature)),
  };
}
