// An OpenID provider of others (node-oidc-provider), with clients that get their own tokens. Prints its address when it listens.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [folder] = process.argv.slice(2);
const found = createRequire(pathToFileURL(folder + '/package.json')).resolve('oidc-provider');
const { Provider } = await import(pathToFileURL(found));
const { createServer } = await import('node:http');
const { generateKeyPairSync } = await import('node:crypto');

// Keys of this run alone.
const key = (type, options, kid, alg) => ({
  ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), kid, alg, use: 'sig',
});

const clients = ['reader', 'cashier', 'nobody'].map(id => ({
  client_id: id,
  client_secret: `${id}-secret-of-the-test`,
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
}));

// A port first: the issuer's name has it.
const server = createServer();
await new Promise(done => server.listen(0, '127.0.0.1', done));
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients,
  jwks: { keys: [key('rsa', { modulusLength: 2048 }, 'r1', 'RS256'), key('ec', { namedCurve: 'P-256' }, 'e1', 'ES256')] },
  scopes: ['reader', 'cashier'],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_, resource) => ({
        audience: resource,
        scope: 'reader cashier',
        accessTokenTTL: 600,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: resource.endsWith(':ec') ? 'ES256' : 'RS256' } },
      }),
    },
  },
  extraTokenClaims: (_, token) => ({ roles: [token.clientId] }),
});
server.on('request', provider.callback());
console.log(issuer);
