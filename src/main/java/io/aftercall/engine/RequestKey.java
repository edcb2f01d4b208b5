package io.aftercall.engine;

import java.util.UUID;

/**
 * The caller's name for one request, so that it is carried out once however often it is sent.
 *
 * @param fingerprint of the content; the same id with another fingerprint is refused
 */
public record RequestKey(UUID requestId, String fingerprint) {}
