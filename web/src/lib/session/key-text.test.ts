import { describe, expect, it } from 'vitest';
import { tokenOf } from './key-text.ts';

const KEY = `holdfast_acme_k7x2m9qp4dtw_${'Zm9vYmFy_-'.repeat(5)}`;
const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl_-';

describe('what somebody pasted', () => {
  it.each([
    ['a key', KEY, KEY],
    ['a token', TOKEN, TOKEN],
    ['with the blanks and the line that came with it', `  ${KEY}\r\n`, KEY],
    ['broken by a terminal', `${KEY.slice(0, 40)}\n${KEY.slice(40)}`, KEY],
    ['with what cannot be seen', `\u200b${KEY}\ufeff`, KEY],
    ['the whole header', `Authorization: Bearer ${KEY}`, KEY],
    ['the whole header of a token', `Bearer ${TOKEN}`, TOKEN],
    ['as it stands in a file of settings', `"${KEY}"`, KEY],
  ])('is sent without what is not part of it: %s', (_, pasted, token) => {
    expect(tokenOf(pasted)).toBe(token);
  });

  it.each([
    ['nothing', ' \n'],
    ['a key that was cut off', KEY.slice(0, 50)],
    ['a key with another letter', `${KEY}ü`],
    ['a key without its id', `holdfast_acme_${'a'.repeat(48)}`],
    ['the prefix alone', 'holdfast_acme_k7x2m9qp4dtw'],
    ['another secret', 'sk_live_1234567890'],
    ['a tenant in capitals', KEY.replace('acme', 'Acme')],
    ['two parts of a token', 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbm4ifQ'],
    ['markup', '<img src=x onerror=alert(1)>'],
  ])('is not sent when it can be no key: %s', (_, pasted) => {
    expect(tokenOf(pasted)).toBe(null);
  });
});
