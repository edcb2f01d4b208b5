/**
 * The same calls as JSON over HTTP: {@code POST /api/v1/{service}/{call}} with the request's message as its body, in
 * the <a href="https://protobuf.dev/programming-guides/json/">JSON form of protocol buffers</a> with the names of the
 * contract. Every call goes through the gRPC services and the guard before them, without a network between: here are no
 * rules, only another spelling.
 */
package io.aftercall.rpc.rest;
