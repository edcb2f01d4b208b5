/** What a router tells about a call, a chat, an e-mail or a task. Pure: no clock, no I/O, no framework. */
package io.aftercall.interaction;
