/** Tells a tenant's other systems what has happened: webhooks. */
package io.aftercall.handoff;
