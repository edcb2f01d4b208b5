/** What operators see of a running server: metrics. Nothing in them names a tenant, an agent or a customer. */
package io.aftercall.telemetry;
