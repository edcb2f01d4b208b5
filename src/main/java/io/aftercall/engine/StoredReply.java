package io.aftercall.engine;

/** What an accepted request with an id was told, kept for 24 h. */
public record StoredReply(RequestKey request, Reply.Accepted reply) {}
