/**
 * A call centre to play with: a client of the contract like any other, whatever the channel. In development a page has
 * a button for it.
 */
package io.aftercall.simulator;
