/** The rules for after-call work and how they combine. Pure: no clock, no I/O, no framework. */
package io.aftercall.policy;
