package io.aftercall.web;

/**
 * What a server has for those who develop or try it, and no other.
 *
 * @param simulator whether a page can start the simulated call centre: not where callers are asked who they are, as in
 *     production they always are
 */
public record Development(boolean simulator) {}
