/** Tells a tenant's other systems what has happened: webhooks, e-mail and Kafka. */
package io.aftercall.handoff;
