// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
// provider.mjs MODULES SECRET: an OpenID provider on a free port of this computer, which says its issuer in the first
// line. Anybody may sign in there, with any password. The client "crm" has no secret and learns names on request alone,
// as the standard has it; "crm-secret" has one.
import http from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, secret] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(join(modules, 'oidc-provider', 'lib', 'index.js')));

const client = {
    application_type: 'native',
    // Whatever the port (RFC 8252, 7.3).
    redirect_uris: ['http://127.0.0.1/'],
    grant_types: ['authorization_code'],
    response_types: ['code'],
};

const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
    const issuer = `http://127.0.0.1:${server.address().port}`;
    const provider = new Provider(issuer, {
        clients: [
            { ...client, client_id: 'crm', token_endpoint_auth_method: 'none' },
            { ...client, client_id: 'crm-secret', client_secret: secret },
        ],
        claims: { openid: ['sub'], profile: ['preferred_username'], email: ['email', 'email_verified'] },
        conformIdTokenClaims: true,
        cookies: { keys: ['of the tests'] },
        pkce: { methods: ['S256'], required: () => true },
        findAccount: (context, id) => ({
            accountId: id,
            claims: () => ({ sub: id, preferred_username: id, email: `${id}@example.com`, email_verified: false }),
        }),
    });
    server.on('request', provider.callback());
    console.log(issuer);
});
