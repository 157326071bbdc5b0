/** A certificate for a server of a test, made when it is needed: it vouches for itself, by the name `localhost` alone. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  /** PEM. Also what a client trusts it by. */
  readonly cert: string;
  readonly key: string;
}

/** Tags of DER (ITU-T X.690). */
const BIT_STRING = 0x03;
const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const SEQUENCE = 0x30;
const SET = 0x31;
const UTC_TIME = 0x17;
const UTF8_STRING = 0x0c;
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const DNS_NAME = 0x82;

const V3 = der(VERSION, der(INTEGER, Buffer.from([2])));
const ECDSA_WITH_SHA256 = der(SEQUENCE, oid('06082a8648ce3d040302'));
const COMMON_NAME = oid('0603550403');
const ALTERNATIVE_NAMES = oid('0603551d11');
const BASIC_CONSTRAINTS = oid('0603551d13');
const DAY = 24 * 60 * 60 * 1000;

/** X.509 version 3 (RFC 5280), good for a day. */
export function createCertificate(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from('localhost')))));
  const names = der(SEQUENCE, der(DNS_NAME, Buffer.from('localhost')));
  const isAuthority = der(SEQUENCE, Buffer.from([0x01, 0x01, 0xff]));
  const extensions = der(
    SEQUENCE,
    der(SEQUENCE, ALTERNATIVE_NAMES, der(OCTET_STRING, names)),
    der(SEQUENCE, BASIC_CONSTRAINTS, der(OCTET_STRING, isAuthority)),
  );
  const validity = der(SEQUENCE, time(Date.now() - DAY / 2), time(Date.now() + DAY / 2));
  // Positive: its first bit is 0.
  const serial = der(INTEGER, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const subjectKey = publicKey.export({ type: 'spki', format: 'der' });
  const body = der(
    SEQUENCE,
    V3,
    serial,
    ECDSA_WITH_SHA256,
    name,
    validity,
    name,
    subjectKey,
    der(EXTENSIONS, extensions),
  );
  const signature = der(BIT_STRING, Buffer.from([0]), sign('sha256', body, privateKey));
  const certificate = der(SEQUENCE, body, ECDSA_WITH_SHA256, signature).toString('base64');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Tag, length, content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length.toString(16);
  const bytes = Buffer.from(length.length % 2 === 0 ? length : `0${length}`, 'hex');
  const head = content.length < 0x80 ? [tag, content.length] : [tag, 0x80 | bytes.length, ...bytes];
  return Buffer.concat([Buffer.from(head), content]);
}

function oid(hex: string): Buffer {
  return Buffer.from(hex, 'hex');
}

function time(at: number): Buffer {
  const [date = ''] = new Date(at).toISOString().slice(2).split('.');
  return der(UTC_TIME, Buffer.from(`${date.replaceAll(/\D/g, '')}Z`));
}
