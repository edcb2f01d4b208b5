/**
 * Ends what is due. The stored deadline is the truth and has no owner: timers are quick, the sweep finds what they
 * missed, and both only ask the engine, which decides by the database's clock.
 */
package io.aftercall.expiry;
