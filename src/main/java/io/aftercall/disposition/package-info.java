/** How interactions may be classified. Pure: no clock, no I/O, no framework. */
package io.aftercall.disposition;
