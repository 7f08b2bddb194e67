import { generate } from 'selfsigned';

/** Certificates that nobody trusts who was not handed the authority's. PEM. */
export interface Certificates {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** Makes an authority and, signed by it, one certificate for all of these host names. Valid for a day. */
export async function makeCertificates(hosts: readonly string[]): Promise<Certificates> {
  const lifetime = {
    notBeforeDate: new Date(Date.now() - 3_600_000),
    notAfterDate: new Date(Date.now() + 86_400_000),
  };
  const kind = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256', ...lifetime } as const;
  const authority = await generate([{ name: 'commonName', value: 'Authority of one test' }], {
    ...kind,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: 'commonName', value: 'Vendors' }], {
    ...kind,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
    ],
  });
  return { authority: authority.cert, certificate: leaf.cert, key: leaf.private };
}
