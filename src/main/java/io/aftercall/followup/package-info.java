/** What agents have promised to customers, and who is to do it. Pure: no clock, no I/O, no framework. */
package io.aftercall.followup;
