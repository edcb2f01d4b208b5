/** Puts the server together and starts it: configuration, wiring, the embedded database, health. */
package io.aftercall.boot;
