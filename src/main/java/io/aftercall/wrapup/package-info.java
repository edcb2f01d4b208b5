/** What agents write about an interaction. Pure: no clock, no I/O, no framework. */
package io.aftercall.wrapup;
