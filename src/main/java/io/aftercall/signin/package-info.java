/**
 * People sign in at the issuer of tokens (OpenID Connect, authorization code flow with PKCE), and their browser keeps what
 * it gave them in a cookie that only the server can read. Who they are is not found out here: their access token is
 * looked at by the same {@link io.aftercall.security.Authenticator} as everybody's.
 */
package io.aftercall.signin;
