// A real OpenID Connect provider (npm "oidc-provider") on this machine, and a server of the tests' workspace that trusts it.

import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export const AUDIENCE = 'https://maps.relief.test';
const SECRET = 'a secret : of the client & more';
/** Groups of those who have an account; any password opens it. */
const GROUPS: Record<string, string[]> = { amal: ['map-admins'], omar: ['staff-of-another-map'] };
const ROLES = '{"map-admins": admin, robots: analyst}';
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

const START_SECONDS = 60;

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listen(probe);
  await new Promise(resolve => probe.close(resolve));
  return port;
}

function keys(): object[] {
  const pairs = [
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    generateKeyPairSync('ed25519'),
  ];
  return pairs.map(({ privateKey }, at) => ({ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: ALGORITHMS[at] }));
}

/** Client "relief" for people, and one for programs for each algorithm of access tokens. */
function settings(base: string): Record<string, unknown> {
  const people = { client_id: 'relief', redirect_uris: [`${base}/auth/oidc/return`], id_token_signed_response_alg: 'ES256' };
  const programs = ALGORITHMS.map(algorithm => ({
    client_id: `robot-${algorithm}`,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  }));
  return {
    clients: [people, ...programs].map(client => ({ ...client, client_secret: SECRET })),
    jwks: { keys: keys() },
    enabledJWA: { idTokenSigningAlgValues: ALGORITHMS },
    ttl: Object.fromEntries(['AccessToken', 'ClientCredentials', 'Grant', 'IdToken', 'Interaction', 'Session'].map(kind => [kind, 600])),
    cookies: { keys: ['of the tests'] },
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups'] },
    pkce: { methods: ['S256'], required: () => true },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: `${id} of the field`, groups: GROUPS[id] ?? [] }),
    }),
    extraTokenClaims: () => ({ groups: ['robots'] }),
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_: unknown, audience: string, { clientId }: { clientId: string }) => ({
          scope: '',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 60,
          jwt: { sign: { alg: clientId.replace('robot-', '') } },
        }),
      },
    },
  };
}

export interface Trust {
  /** Address of the server that trusts it. */
  base: string;
  issuer: string;
  /** An access token of a program. */
  accessToken(algorithm: Algorithm, audience?: string): Promise<string>;
  /** What the server has logged. */
  log(): string;
  close(): Promise<void>;
}

async function startServer(program: string, workspace: string, base: string, issuer: string) {
  const words = ['serve', '--workspace', workspace, '--listen', new URL(base).host];
  const oidc = { issuer, client_id: 'relief', client_secret: SECRET, audience: AUDIENCE, roles: ROLES };
  for (const [key, value] of Object.entries(oidc)) words.push(`--oidc.${key}`, value);
  const server = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  server.stderr.on('data', (text: Buffer) => (log += text.toString()));
  const end = Date.now() + START_SECONDS * 1000;
  while (!/issuer=\S+ keys=3/.test(log)) {
    if (Date.now() > end || server.exitCode !== null) throw new Error(`the server has no keys of the provider: ${log}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  const ended = new Promise(resolve => server.once('exit', resolve));
  return {
    log: () => log,
    stop: async () => {
      server.kill('SIGTERM');
      await ended;
    },
  };
}

export async function trust(program: string, workspace: string): Promise<Trust> {
  const base = `http://127.0.0.1:${await freePort()}`;
  let answer: RequestListener = (_, response) => response.end();
  const desk = createServer((request, response) => answer(request, response));
  const issuer = `http://127.0.0.1:${await listen(desk)}`;
  answer = new Provider(issuer, settings(base)).callback();
  const server = await startServer(program, workspace, base, issuer);
  return {
    base,
    issuer,
    log: server.log,
    accessToken: async (algorithm, audience = AUDIENCE) => {
      const form = new URLSearchParams({ grant_type: 'client_credentials', resource: audience });
      const names = [`robot-${algorithm}`, SECRET].map(encodeURIComponent).join(':');
      const headers = { Authorization: `Basic ${Buffer.from(names).toString('base64')}` };
      const given = await fetch(`${issuer}/token`, { method: 'POST', headers, body: form });
      const document = (await given.json()) as { access_token?: string };
      if (!document.access_token) throw new Error(JSON.stringify(document));
      return document.access_token;
    },
    close: async () => {
      await server.stop();
      desk.closeAllConnections();
      await new Promise(resolve => desk.close(resolve));
    },
  };
}
