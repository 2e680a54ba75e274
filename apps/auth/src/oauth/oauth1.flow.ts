import { Injectable } from '@nestjs/common';
import { OutboundClient, signOAuth1 } from '@patchbay/service';
import type { OAuth1Spec } from '@patchbay/toolkits';
import {
  type Credential,
  explainProviderError,
  fillAddress,
  ProviderRefusal,
  readAnswer,
  sendable,
  TOKEN_LIMITS,
  explainMissing,
  textOf,
} from '../schemes/index.js';
import type { SignInCallback, SignInFlow, SignInRequest, SignInSecrets } from './sign-in-flow.js';

const STEP_LIMIT_MS = 15_000;

/** The three steps of OAuth 1.0a (RFC 5849, section 2). */
@Injectable()
export class OAuth1Flow implements SignInFlow<OAuth1Spec> {
  constructor(private readonly http: OutboundClient) {}

  async begin(spec: OAuth1Spec, request: SignInRequest): Promise<{ url: string; secrets: SignInSecrets }> {
    // OAuth 1 has no state of its own: it travels in the callback address.
    const callback = new URL(request.redirectUri);
    callback.searchParams.set('state', request.state);
    const requestTokenUrl = fillAddress(spec.requestTokenUrl, request.values);
    const answer = await this.post(request, requestTokenUrl, { oauth_callback: callback.href });
    const url = new URL(fillAddress(spec.authorizationUrl, request.values));
    url.searchParams.set('oauth_token', answer.token);
    return {
      url: url.href,
      secrets: { requestToken: answer.token, requestTokenSecret: answer.tokenSecret },
    };
  }

  async complete(spec: OAuth1Spec, callback: SignInCallback): Promise<Credential> {
    const { query, secrets, values } = callback;
    const token = query.get('oauth_token');
    const verifier = query.get('oauth_verifier');
    if (!token || !verifier) throw new ProviderRefusal('access_denied', 'The sign-in was declined.');
    // The request token of another sign-in was authorized (the session fixation of OAuth 1.0).
    if (token !== secrets.requestToken) {
      throw new ProviderRefusal('issuer_mismatch', 'The answer is not to the request that was made.');
    }
    const requestToken = { token, tokenSecret: secrets.requestTokenSecret ?? '' };
    const url = fillAddress(spec.accessTokenUrl, values);
    return {
      kind: 'oauth1',
      values,
      ...(await this.post(callback, url, { oauth_verifier: verifier }, requestToken)),
    };
  }

  private async post(
    { app, toolkit }: Pick<SignInRequest, 'app' | 'toolkit'>,
    address: string,
    oauth: Record<string, string>,
    token = { token: '', tokenSecret: '' },
  ): Promise<{ token: string; tokenSecret: string }> {
    if (!app) throw new ProviderRefusal('invalid_client', 'The OAuth app of this auth config is not set up.');
    const keys = { consumerKey: app.clientId, consumerSecret: app.clientSecret ?? '', ...token };
    const url = new URL(address);
    const headers = { authorization: signOAuth1({ method: 'POST', url, oauth }, keys) };
    try {
      const response = await this.http.send({
        purpose: { for: 'toolkit', toolkit },
        ...TOKEN_LIMITS,
        timeoutMs: STEP_LIMIT_MS,
        method: 'POST',
        url,
        headers,
      });
      const answer = readAnswer(response.status, response.body.toString());
      const { fields = {} } = answer;
      const [received, secret] = ['oauth_token', 'oauth_token_secret'].map((name) => textOf(fields[name]));
      if (!received || !secret) throw explainMissing(answer, 'oauth_token');
      return { token: sendable(received), tokenSecret: sendable(secret) };
    } catch (error) {
      throw explainProviderError(error);
    }
  }
}
