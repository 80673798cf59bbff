/**
 * A provider of OpenID Connect for one test: the certified `oidc-provider` package.
 *
 * Its first line says where it is. Whoever gives a name at its form is that name.
 */
import { createServer } from 'node:http'

import { Provider } from 'oidc-provider'

const [clientId, clientSecret, back] = process.argv.slice(2)
const anyPort = back.startsWith('http://127.0.0.1/')

const server = createServer((request, response) => handle(request, response))
let handle = (_request, response) => response.writeHead(503).end()

server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [back],
        // RFC 8252: a program of this machine is sent back to whatever port it has.
        application_type: anyPort ? 'native' : 'web',
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['preferred_username', 'roles'] },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: `person-${id}`,
        preferred_username: id,
        roles: ['administrator'],
      }),
    }),
  })
  handle = provider.callback()
  console.log(issuer)
})
