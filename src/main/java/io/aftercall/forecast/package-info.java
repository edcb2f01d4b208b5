/** What is likely, from what was. Pure: no clock, no I/O, no framework. */
package io.aftercall.forecast;
